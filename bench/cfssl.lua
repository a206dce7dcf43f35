-- wrk asks cfssl for certificates with the requests in $CFSSL_BODIES, one after the other.
local requests, number = {}, 0

function init()
  for body in io.lines(os.getenv("CFSSL_BODIES")) do
    requests[#requests + 1] = wrk.format("POST", "/api/v1/cfssl/sign", {["Content-Type"] = "application/json"}, body)
  end
end

function request()
  number = number % #requests + 1
  return requests[number]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '{"requests":%d,"per_second":%.0f,"errors":%d,"p50_ms":%.2f,"p99_ms":%.2f}\n', summary.requests,
    summary.requests / summary.duration * 1e6, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
