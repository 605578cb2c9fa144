/* What the server has done so far, for /metrics. Counters only, no locks. */
#include "http/parts.h"

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

/* Upper ends of the latency classes, microseconds; the last class is open. */
static const int64_t upper[LATENCIES - 1] = {100,   250,   500,    1000,   2500,   5000,
                                             10000, 50000, 100000, 500000, 2000000};

void metrics_count(struct metrics *m, int status, int64_t microseconds, size_t bytes)
{
    int hundred = status / 100;
    atomic_fetch_add(&m->answers[hundred >= 1 && hundred <= 5 ? hundred : 0], 1);
    size_t class = 0;
    while (class < LATENCIES - 1 && microseconds > upper[class])
        class ++;
    atomic_fetch_add(&m->latency[class], 1);
    atomic_fetch_add(&m->latency_us, (uint64_t)(microseconds > 0 ? microseconds : 0));
    atomic_fetch_add(&m->bytes, bytes);
}

static void head(struct buf *out, const char *name, const char *type, const char *help)
{
    buf_fmt(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void one(struct buf *out, const char *name, const char *type, const char *help, double value)
{
    head(out, name, type, help);
    buf_fmt(out, "%s %.15g\n", name, value);
}

static void latencies(const struct metrics *m, struct buf *out)
{
    const char *name = "http_request_duration_seconds";
    head(out, name, "histogram", "Time from the request's last byte to the answer's first.");
    unsigned long long sum = 0;
    for (size_t i = 0; i < LATENCIES - 1; i++) {
        sum += atomic_load(&m->latency[i]);
        buf_fmt(out, "%s_bucket{le=\"%g\"} %llu\n", name, (double)upper[i] / 1e6, sum);
    }
    sum += atomic_load(&m->latency[LATENCIES - 1]);
    buf_fmt(out, "%s_bucket{le=\"+Inf\"} %llu\n", name, sum);
    buf_fmt(out, "%s_sum %.6f\n%s_count %llu\n", name, (double)atomic_load(&m->latency_us) / 1e6,
            name, sum);
}

/* Resident memory from /proc; 0 where there is none. */
static double resident_bytes(void)
{
    FILE *f = fopen("/proc/self/statm", "r");
    long pages = 0, total;
    if (f && fscanf(f, "%ld %ld", &total, &pages) != 2)
        pages = 0;
    if (f)
        fclose(f);
    return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

static double cpu_seconds(void)
{
    struct rusage u;
    if (getrusage(RUSAGE_SELF, &u) != 0)
        return 0;
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

void http_metrics(const struct http_server *server, struct buf *out)
{
    const struct metrics *m = &server->metrics;
    const struct connections *c = &server->connections;
    head(out, "http_requests_total", "counter", "Answers sent, by hundreds of the status.");
    for (int i = 1; i <= 5; i++)
        buf_fmt(out, "http_requests_total{status=\"%dxx\"} %llu\n", i,
                (unsigned long long)atomic_load(&m->answers[i]));
    latencies(m, out);
    one(out, "http_response_bytes_total", "counter", "Bytes of bodies answered.",
        (double)atomic_load(&m->bytes));
    one(out, "http_requests_running", "gauge", "Requests being handled.",
        (double)atomic_load(&m->running));
    one(out, "http_connections_total", "counter", "Connections taken.",
        (double)atomic_load(&c->opened));
    one(out, "http_connections_cut_total", "counter", "Connections cut for being too slow.",
        (double)atomic_load(&c->reaped));
    one(out, "process_resident_memory_bytes", "gauge", "Resident memory.", resident_bytes());
    one(out, "process_cpu_seconds_total", "counter", "Processor time used.", cpu_seconds());
    one(out, "process_start_time_seconds", "gauge", "When the server started.", (double)m->started);
}
