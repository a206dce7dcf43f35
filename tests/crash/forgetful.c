// clang-format off
/* forgetful: a layer (LD_PRELOAD) under a program's file operations that kills it at a chosen one, and keeps
 * what a disk would still hold after the power had gone at that moment.
 *
 *   FORGET_ROOT     operations on what lies below this folder are counted
 *   FORGET_SHADOW   a folder on the same file system, outside of FORGET_ROOT, prepared by crash_points.py:
 *     count           the number of operations so far (8 bytes, shared by all processes)
 *     content/<ino>   what the file of that inode held at its last fsync
 *     names/<ino>     what that folder held at its last fsync, in lines of "<ino> <d or f> <mode> <name>"
 *     kept/           links to files that lost their name, so that no inode number is used twice
 *   FORGET_KILL_AT  SIGKILL instead of the operation of this number (from 1); 0: count alone
 *   FORGET_MODE     kill_only: half of a killed write is written, as a kill may leave it;
 *                   power_loss: nothing of it, and other processes die with their next operation
 *
 * Counted: open with O_CREAT, write and its like, fsync, fdatasync, rename, link, unlink, truncate, mkdir,
 * rmdir. Not seen: mmap (SQLite's -shm, which need not last), syncfs, and what the C library does for itself
 * (fopen). A file that was never synced comes back empty, if its name does at all. */
// clang-format on
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static char root[PATH_MAX];
static const char* shadow;
static uint64_t kill_at;
static int power_loss;
static _Atomic uint64_t* count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Our own input and output goes to the kernel directly: it must be neither counted nor seen. */
static int raw_open(const char* path, int flags, int mode) {
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, mode);
}
static void give_up(const char* what) {
  dprintf(2, "forgetful: %s: %s\n", what, strerror(errno));
  _exit(99);
}

__attribute__((constructor)) static void start(void) {
  const char* wanted = getenv("FORGET_ROOT");
  shadow = getenv("FORGET_SHADOW");
  if (!wanted || !shadow) return;
  if (!realpath(wanted, root)) give_up(wanted);
  const char* at = getenv("FORGET_KILL_AT");
  kill_at = at ? strtoull(at, NULL, 10) : 0;
  const char* mode = getenv("FORGET_MODE");
  power_loss = mode && strcmp(mode, "power_loss") == 0;
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/count", shadow);
  const int fd = raw_open(path, O_RDWR, 0);
  if (fd < 0) give_up(path);
  count = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (count == MAP_FAILED) give_up(path);
  syscall(SYS_close, fd);
}

static int lies_below(const char* path) {
  const size_t length = strlen(root);
  return length && strncmp(path, root, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

static int path_of_fd(int fd, char* path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = '\0';
  return 1;
}
static int fd_counts(int fd) {
  char path[PATH_MAX];
  const int before = errno;
  const int counts = count && path_of_fd(fd, path) && lies_below(path);
  errno = before;
  return counts;
}

/* The folder must exist, the last member of the path need not. */
static int path_counts(int folder, const char* path) {
  if (!count || !path) return 0;
  const int before = errno;
  char whole[2 * PATH_MAX], base[PATH_MAX] = ".", real[PATH_MAX];
  if (path[0] != '/' && folder != AT_FDCWD && !path_of_fd(folder, base)) return 0;
  if (path[0] == '/')
    snprintf(whole, sizeof whole, "%s", path);
  else
    snprintf(whole, sizeof whole, "%s/%s", base, path);
  char* slash = strrchr(whole, '/');
  *slash = '\0';
  const int counts = realpath(whole[0] ? whole : "/", real) && lies_below(real);
  errno = before;
  return counts;
}

/* Called with the lock; `torn` does half of what will not be done whole, or is NULL. */
static void count_one(void (*torn)(void*), void* what) {
  const uint64_t number = atomic_fetch_add(count, 1) + 1;
  if (!kill_at || number < kill_at || (number > kill_at && !power_loss)) return;
  if (torn && !power_loss) torn(what);
  kill(getpid(), SIGKILL);
  for (;;) pause();
}
static void enter(void) {
  pthread_mutex_lock(&lock);
}
static void leave(void) {
  pthread_mutex_unlock(&lock);
}

/* Written beside and renamed, so that a shadow is whole at every moment. */
static int open_shadow(const char* kind, ino_t inode, char* beside, char* path) {
  snprintf(path, PATH_MAX, "%s/%s/%lu", shadow, kind, (unsigned long)inode);
  snprintf(beside, PATH_MAX, "%s/%s/%lu.%d", shadow, kind, (unsigned long)inode, (int)gettid());
  const int to = raw_open(beside, O_CREAT | O_TRUNC | O_WRONLY, 0600);
  if (to < 0) give_up(beside);
  return to;
}
static void close_shadow(int to, const char* beside, const char* path) {
  syscall(SYS_close, to);
  if (syscall(SYS_rename, beside, path) != 0) give_up(path);
}

static void keep_content(int fd, ino_t inode) {
  char beside[PATH_MAX], path[PATH_MAX], own[64], buffer[65536];
  snprintf(own, sizeof own, "/proc/self/fd/%d", fd); /* the descriptor may be for writing alone */
  const int from = raw_open(own, O_RDONLY, 0);
  if (from < 0) give_up(own);
  const int to = open_shadow("content", inode, beside, path);
  ssize_t length;
  while ((length = syscall(SYS_read, from, buffer, sizeof buffer)) > 0)
    if (syscall(SYS_write, to, buffer, length) != length) give_up(beside);
  syscall(SYS_close, from);
  close_shadow(to, beside, path);
}

static void keep_names(int fd, ino_t inode) {
  char folder[PATH_MAX], beside[PATH_MAX], path[PATH_MAX];
  if (!path_of_fd(fd, folder)) give_up("readlink");
  DIR* names = opendir(folder);
  if (!names) give_up(folder);
  const int to = open_shadow("names", inode, beside, path);
  for (struct dirent* entry; (entry = readdir(names));) {
    struct stat status;
    if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
    if (fstatat(dirfd(names), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
    char line[NAME_MAX + 64];
    const int length = snprintf(line, sizeof line, "%lu %c %o %s\n", (unsigned long)status.st_ino,
                                S_ISDIR(status.st_mode) ? 'd' : 'f', status.st_mode & 07777u, entry->d_name);
    if (syscall(SYS_write, to, line, length) != length) give_up(beside);
  }
  closedir(names);
  close_shadow(to, beside, path);
}

static void keep_synced(int fd) {
  struct stat status;
  const int before = errno;
  if (fstat(fd, &status) != 0) give_up("fstat");
  if (S_ISDIR(status.st_mode))
    keep_names(fd, status.st_ino);
  else
    keep_content(fd, status.st_ino);
  errno = before;
}

/* A durable name may still lead to a file that has lost its name since. */
static void keep_inode(int folder, const char* path) {
  static unsigned number;
  const int before = errno;
  char kept[PATH_MAX];
  snprintf(kept, sizeof kept, "%s/kept/%d-%u", shadow, (int)getpid(), number++);
  syscall(SYS_linkat, folder, path, AT_FDCWD, kept, 0);
  errno = before;
}

#define NEXT(result, name, ...)               \
  typedef result (*name##_next)(__VA_ARGS__); \
  static name##_next next;                    \
  if (!next) next = (name##_next)dlsym(RTLD_NEXT, #name)

/* --- what makes names --- */

#define OPEN(name)                                                                          \
  int name(const char* path, int flags, ...) {                                              \
    NEXT(int, name, const char*, int, ...);                                                 \
    va_list more;                                                                           \
    va_start(more, flags);                                                                  \
    const mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) ? va_arg(more, mode_t) : 0;       \
    va_end(more);                                                                           \
    if (!(flags & O_CREAT) || !path_counts(AT_FDCWD, path)) return next(path, flags, mode); \
    enter();                                                                                \
    count_one(NULL, NULL);                                                                  \
    const int fd = next(path, flags, mode);                                                 \
    leave();                                                                                \
    return fd;                                                                              \
  }
#define OPENAT(name)                                                                              \
  int name(int folder, const char* path, int flags, ...) {                                        \
    NEXT(int, name, int, const char*, int, ...);                                                  \
    va_list more;                                                                                 \
    va_start(more, flags);                                                                        \
    const mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) ? va_arg(more, mode_t) : 0;             \
    va_end(more);                                                                                 \
    if (!(flags & O_CREAT) || !path_counts(folder, path)) return next(folder, path, flags, mode); \
    enter();                                                                                      \
    count_one(NULL, NULL);                                                                        \
    const int fd = next(folder, path, flags, mode);                                               \
    leave();                                                                                      \
    return fd;                                                                                    \
  }
/* An operation that makes, moves or removes a name, or cuts a file: `counts` says whether it is below the
 * root, `first` what is done before it. */
#define CHANGE(name, parameters, arguments, counts, first) \
  int name parameters {                                    \
    NEXT_OF(name, parameters);                             \
    if (!(counts)) return next arguments;                  \
    enter();                                               \
    count_one(NULL, NULL);                                 \
    first;                                                 \
    const int done = next arguments;                       \
    leave();                                               \
    return done;                                           \
  }
#define NEXT_OF(name, parameters) \
  static int(*next) parameters;   \
  if (!next) *(void**)&next = dlsym(RTLD_NEXT, #name)

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
CHANGE(creat, (const char* path, mode_t mode), (path, mode), path_counts(AT_FDCWD, path), )
CHANGE(creat64, (const char* path, mode_t mode), (path, mode), path_counts(AT_FDCWD, path), )
CHANGE(rename, (const char* from, const char* to), (from, to),
       path_counts(AT_FDCWD, from) || path_counts(AT_FDCWD, to), keep_inode(AT_FDCWD, to))
CHANGE(renameat, (int a, const char* from, int b, const char* to), (a, from, b, to),
       path_counts(a, from) || path_counts(b, to), keep_inode(b, to))
CHANGE(renameat2, (int a, const char* from, int b, const char* to, unsigned flags), (a, from, b, to, flags),
       path_counts(a, from) || path_counts(b, to), keep_inode(b, to))
CHANGE(link, (const char* from, const char* to), (from, to), path_counts(AT_FDCWD, to), )
CHANGE(linkat, (int a, const char* from, int b, const char* to, int flags), (a, from, b, to, flags),
       path_counts(b, to), )
CHANGE(unlink, (const char* path), (path), path_counts(AT_FDCWD, path), keep_inode(AT_FDCWD, path))
CHANGE(unlinkat, (int folder, const char* path, int flags), (folder, path, flags), path_counts(folder, path),
       keep_inode(folder, path))
CHANGE(mkdir, (const char* path, mode_t mode), (path, mode), path_counts(AT_FDCWD, path), )
CHANGE(mkdirat, (int folder, const char* path, mode_t mode), (folder, path, mode),
       path_counts(folder, path), )
CHANGE(rmdir, (const char* path), (path), path_counts(AT_FDCWD, path), )
CHANGE(ftruncate, (int fd, off_t length), (fd, length), fd_counts(fd), )
CHANGE(ftruncate64, (int fd, off64_t length), (fd, length), fd_counts(fd), )
CHANGE(truncate, (const char* path, off_t length), (path, length), path_counts(AT_FDCWD, path), )
CHANGE(truncate64, (const char* path, off64_t length), (path, length), path_counts(AT_FDCWD, path), )

/* --- what writes --- */

struct write_of {
  int fd;
  const void* bytes;
  size_t length;
  off64_t at; /* -1: where the descriptor stands */
};
static void write_half(void* what) {
  const struct write_of* w = what;
  if (w->at < 0)
    syscall(SYS_write, w->fd, w->bytes, w->length / 2);
  else
    syscall(SYS_pwrite64, w->fd, w->bytes, w->length / 2, w->at);
}

ssize_t write(int fd, const void* bytes, size_t length) {
  NEXT(ssize_t, write, int, const void*, size_t);
  if (!fd_counts(fd)) return next(fd, bytes, length);
  enter();
  count_one(write_half, &(struct write_of){fd, bytes, length, -1});
  const ssize_t done = next(fd, bytes, length);
  leave();
  return done;
}
#define PWRITE(name, offset)                                          \
  ssize_t name(int fd, const void* bytes, size_t length, offset at) { \
    NEXT(ssize_t, name, int, const void*, size_t, offset);            \
    if (!fd_counts(fd)) return next(fd, bytes, length, at);           \
    enter();                                                          \
    count_one(write_half, &(struct write_of){fd, bytes, length, at}); \
    const ssize_t done = next(fd, bytes, length, at);                 \
    leave();                                                          \
    return done;                                                      \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int fd, const struct iovec* parts, int number) {
  NEXT(ssize_t, writev, int, const struct iovec*, int);
  if (!fd_counts(fd)) return next(fd, parts, number);
  enter();
  count_one(write_half, &(struct write_of){fd, parts[0].iov_base, parts[0].iov_len, -1});
  const ssize_t done = next(fd, parts, number);
  leave();
  return done;
}

/* --- what makes it last --- */

#define SYNC(name)                       \
  int name(int fd) {                     \
    NEXT(int, name, int);                \
    if (!fd_counts(fd)) return next(fd); \
    enter();                             \
    count_one(NULL, NULL);               \
    const int done = next(fd);           \
    if (done == 0) keep_synced(fd);      \
    leave();                             \
    return done;                         \
  }
SYNC(fsync)
SYNC(fdatasync)
