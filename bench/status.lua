-- GET of the address; or POST of the file that $REQUEST names, over a connection that the server closes. Prints one line of JSON.
local file = os.getenv("REQUEST")
if file then
  local f = assert(io.open(file, "rb"))
  wrk.method = "POST"
  wrk.body = f:read("*a")
  wrk.headers["Content-Type"] = "application/ocsp-request"
  f:close()
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('{"answers":%d,"seconds":%.3f,"per_second":%.0f,"p50_us":%d,"p99_us":%d,"max_us":%d,"errors":%d}\n',
    summary.requests, summary.duration / 1e6, summary.requests / (summary.duration / 1e6), latency:percentile(50),
    latency:percentile(99), latency.max, errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
