// Socket.IO v4 (EIO4, websocket) load generator: single thread, epoll, busy-polling by default.
// usage: lg -p PORT -n N -m fan|rate|hb|storm|idle|chat [-w window] [-k publishers] [-r rate] [-d secs] [-P
// pid,pid] [-t tokenfile] [-c connect_concurrency] [-B (block instead of busy poll)] [-q port2 (odd clients
// go there) [-e (the sender hears of its change too)] [-C conversation (chat: everybody is in it)]]
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
typedef struct {
    int fd, st, i;
    uint8_t *buf;
    int len, cap;
    uint32_t nstat;
} conn;
enum { S_NEW, S_CONN, S_HTTP, S_OPEN, S_SIO, S_UP };
static conn *C;
static int N = 1000, port = 9000, port2 = 0, ep;
static char **tok;
static int ntok;
static uint64_t n_status, n_hb, n_other, n_bytes, n_reads;
static int n_up, n_started, n_inflight;
static int n_dead;
static double t_last_status;
static int mode_hb_run, rate_on;
static uint64_t n_new, n_acked, n_refused; // chat
static double *said; // by number of acknowledgement, modulo SAID
#define SAID (1 << 16)
static double *sendts;
static int nsend;
static uint32_t *lat;
static uint64_t nlat, caplat;
static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}
static char pids[512];
static double cpu_of(void) { // to the nanosecond, where /proc counts hundredths of a second
    double s = 0;
    char b[512];
    strcpy(b, pids);
    for (char *p = strtok(b, ","); p; p = strtok(0, ",")) {
        clockid_t clock;
        struct timespec t;
        if (!clock_getcpuclockid(atoi(p), &clock) && !clock_gettime(clock, &t))
            s += t.tv_sec + t.tv_nsec * 1e-9;
    }
    return s;
}
static double cpu_sys(void) {
    double s = 0;
    char b[512];
    strcpy(b, pids);
    for (char *p = strtok(b, ","); p; p = strtok(0, ",")) {
        char f[64];
        sprintf(f, "/proc/%s/stat", p);
        FILE *h = fopen(f, "r");
        if (!h)
            continue;
        char l[2048];
        if (fgets(l, sizeof l, h)) {
            char *q = strrchr(l, ')');
            unsigned long u, k;
            sscanf(q + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &u, &k);
            s += (k) / (double)sysconf(_SC_CLK_TCK);
        }
        fclose(h);
    }
    return s;
}
static long rss_of(void) {
    long s = 0;
    char b[512];
    strcpy(b, pids);
    for (char *p = strtok(b, ","); p; p = strtok(0, ",")) {
        char f[64];
        sprintf(f, "/proc/%s/status", p);
        FILE *h = fopen(f, "r");
        if (!h)
            continue;
        char l[512];
        while (fgets(l, sizeof l, h)) {
            long v;
            if (sscanf(l, "VmRSS: %ld", &v) == 1)
                s += v;
        }
        fclose(h);
    }
    return s;
}
static void wr(int fd, const void *b, int n) {
    const char *p = b;
    while (n > 0) {
        int r = send(fd, p, n, MSG_NOSIGNAL);
        if (r < 0) {
            if (errno == EAGAIN) {
                usleep(50);
                continue;
            }
            return;
        }
        p += r;
        n -= r;
    }
}
static void txt(conn *c, const char *s, int n) {
    uint8_t b[2048];
    int h;
    b[0] = 0x81;
    if (n < 126) {
        b[1] = 0x80 | n;
        h = 2;
    } else {
        b[1] = 0x80 | 126;
        b[2] = n >> 8;
        b[3] = n;
        h = 4;
    }
    uint8_t k[4] = {0x12, 0x34, 0x56, 0x78};
    memcpy(b + h, k, 4);
    h += 4;
    for (int i = 0; i < n; i++)
        b[h + i] = s[i] ^ k[i & 3];
    wr(c->fd, b, h + n);
}
static void start_conn(int i) {
    conn *c = &C[i];
    c->i = i;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (c->fd < 0) {
        perror("socket");
        exit(1);
    }
    int one = 1;
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((port2 && (i & 1)) ? port2 : port)};
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int r = connect(c->fd, (void *)&a, sizeof a);
    if (r < 0 && errno != EINPROGRESS) {
        perror("connect");
        exit(1);
    }
    c->st = S_CONN;
    struct epoll_event e = {.events = EPOLLOUT | EPOLLIN, .data.u32 = i};
    epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &e);
    n_started++;
    n_inflight++;
}
static void on_ack(uint8_t *p, int n, double t) {
    n_acked++;
    if (memmem(p, n, "\"success\":false", 15))
        n_refused++;
    if (nlat < caplat)
        lat[nlat++] = (uint32_t)((t - said[strtoul((char *)p + 2, 0, 10) % SAID]) * 1e6);
}
static void onframe(conn *c, uint8_t *p, int n, int op, double t) {
    if (op == 8 || op == 9 || op == 10)
        return;
    if (n < 1)
        return;
    switch (p[0]) {
    case '0': {
        char b[1900];
        int l;
        if (ntok)
            l = snprintf(b, sizeof b, "40{\"token\":\"%s\"}", tok[c->i % ntok]);
        else
            l = snprintf(b, sizeof b, "40{\"token\":\"u%d\"}", c->i);
        txt(c, b, l);
        c->st = S_SIO;
        break;
    }
    case '2':
        txt(c, "3", 1);
        break;
    case '4':
        if (n < 2)
            break;
        if (p[1] == '0') {
            if (c->st != S_UP) {
                c->st = S_UP;
                n_up++;
                n_inflight--;
            }
        } else if (p[1] == '2' && n > 5) {
            if (p[4] == 'u') {
                n_status++;
                t_last_status = t;
                if (rate_on) {
                    uint32_t k = c->nstat++;
                    if (k < (uint32_t)nsend && nlat < caplat)
                        lat[nlat++] = (uint32_t)((t - sendts[k]) * 1e6);
                }
            } else if (p[4] == 'm') {
                n_new++;
            } else if (p[4] == 'h') {
                n_hb++;
                if (mode_hb_run)
                    txt(c, "42[\"heartbeat\"]", 15);
            } else
                n_other++;
        } else if (p[1] == '3' && said) {
            on_ack(p, n, t);
        } else if (p[1] == '4') {
            fprintf(stderr, "connect_error: %.*s\n", n, p);
            exit(2);
        } else
            n_other++;
        break;
    default:
        n_other++;
    }
}
static uint8_t scratch[1 << 20];
static void onread(conn *c) {
    int off = c->len;
    if (off)
        memcpy(scratch, c->buf, off);
    int r = recv(c->fd, scratch + off, sizeof scratch - off, 0);
    n_reads++;
    if (r <= 0) {
        if (r < 0 && errno == EAGAIN)
            return;
        if (n_dead++ < 3)
            fprintf(stderr, "conn %d dead r=%d errno=%d st=%d\n", c->i, r, errno, c->st);
        epoll_ctl(ep, EPOLL_CTL_DEL, c->fd, 0);
        close(c->fd);
        c->fd = -1;
        return;
    }
    n_bytes += r;
    double t = now();
    int n = off + r;
    uint8_t *p = scratch, *e = scratch + n;
    if (c->st == S_HTTP) {
        uint8_t *q = memmem(p, n, "\r\n\r\n", 4);
        if (!q)
            goto save;
        if (memcmp(p, "HTTP/1.1 101", 12)) {
            fprintf(stderr, "bad http: %.200s\n", p);
            exit(2);
        }
        p = q + 4;
        c->st = S_OPEN;
    }
    while (e - p >= 2) {
        int op = p[0] & 15;
        uint64_t l = p[1] & 127;
        int h = 2;
        if (l == 126) {
            if (e - p < 4)
                break;
            l = p[2] << 8 | p[3];
            h = 4;
        } else if (l == 127) {
            if (e - p < 10)
                break;
            l = 0;
            for (int i = 0; i < 8; i++)
                l = l << 8 | p[2 + i];
            h = 10;
        }
        if ((uint64_t)(e - p) < h + l)
            break;
        onframe(c, p + h, l, op, t);
        p += h + l;
    }
save:
    c->len = e - p;
    if (c->len) {
        if (c->cap < c->len) {
            c->cap = c->len + 256;
            c->buf = realloc(c->buf, c->cap);
        }
        memcpy(c->buf, p, c->len);
    }
}
static int blockms = 0;
static int hears = 0; // whether the sender of a change hears of it as well
static void poll_once(void) {
    struct epoll_event ev[512];
    int n = epoll_wait(ep, ev, 512, blockms);
    for (int i = 0; i < n; i++) {
        conn *c = &C[ev[i].data.u32];
        if (c->fd < 0)
            continue;
        if (c->st == S_CONN) {
            int er = 0;
            socklen_t sl = sizeof er;
            getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &er, &sl);
            if (er) {
                fprintf(stderr, "connect err %s\n", strerror(er));
                exit(2);
            }
            if (ev[i].events & EPOLLOUT) {
                char b[512];
                int l = snprintf(
                    b, sizeof b,
                    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: "
                    "Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                    "dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n",
                    port,
                    getenv("NODEFLATE")
                        ? ""
                        : "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n");
                wr(c->fd, b, l);
                c->st = S_HTTP;
                struct epoll_event e = {.events = EPOLLIN, .data.u32 = ev[i].data.u32};
                epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e);
            }
        } else
            onread(c);
    }
}
static int cmp(const void *a, const void *b) {
    uint32_t x = *(uint32_t *)a, y = *(uint32_t *)b;
    return x < y ? -1 : x > y;
}
static char msg[3][128];
static int ml[3];
static const double warm = 0.5;
static void drain(double quiet) {
    double q = now(), ql = q;
    uint64_t ns = n_status + n_hb;
    while (now() - ql < quiet && now() - q < 40) {
        poll_once();
        if (n_status + n_hb != ns) {
            ns = n_status + n_hb;
            ql = now();
        }
    }
}
static void ph_hb(double d) {
    mode_hb_run = 1;
    for (int i = 0; i < N; i++)
        txt(&C[i], "42[\"heartbeat\"]", 15);
    double e = now() + warm;
    while (now() < e)
        poll_once();
    uint64_t h0 = n_hb;
    double a = now(), ca = cpu_of(), sa = cpu_sys(), b;
    while ((b = now()) < a + d) {
        for (int i = 0; i < 8; i++)
            poll_once();
    }
    double cb = cpu_of(), sb = cpu_sys();
    uint64_t h = n_hb - h0;
    printf("{\"mode\":\"hb\",\"n\":%d,\"acks\":%lu,\"acks_s\":%.0f,\"cpu_s\":%.2f,\"sys_s\":%.2f,\"util\":%."
           "2f,\"acks_per_cpu_s\":%.0f,\"us_per_ack\":%.2f,\"dead\":%d}\n",
           N, h, h / (b - a), cb - ca, sb - sa, (cb - ca) / (b - a), h / (cb - ca), (cb - ca) / h * 1e6,
           n_dead);
    mode_hb_run = 0;
    drain(0.3);
    fflush(stdout);
}
static void ph_rate(int rate, double d) {
    nsend = 0;
    nlat = 0;
    for (int i = 0; i < N; i++)
        C[i].nstat = 0;
    int total = rate * d;
    sendts = calloc(total + 1, 8);
    caplat = (uint64_t)total * N;
    lat = malloc(caplat * 4 + 4);
    rate_on = 1;
    double a = now(), ca = cpu_of(), sa = cpu_sys();
    uint64_t n0 = n_status;
    while (nsend < total) {
        double t = now();
        if (t >= a + (double)nsend / rate) {
            sendts[nsend] = now();
            nsend++;
            txt(&C[0], msg[nsend % 3], ml[nsend % 3]);
        }
        poll_once();
    }
    double e = now() + 10;
    while (now() < e && n_status - n0 < (uint64_t)total * (N - 1 + hears))
        poll_once();
    double b = now(), cb = cpu_of(), sb = cpu_sys();
    qsort(lat, nlat, 4, cmp);
    uint64_t del = n_status - n0;
    printf("{\"mode\":\"rate\",\"n\":%d,\"rate\":%d,\"deliveries\":%lu,\"expect\":%lu,\"p50_us\":%u,\"p90_"
           "us\":%u,\"p99_us\":%u,\"p999_us\":%u,\"max_us\":%u,\"cpu_s\":%.2f,\"sys_s\":%.2f,\"wall\":%.2f,"
           "\"us_per_delivery\":%.2f}\n",
           N, rate, del, (uint64_t)total * (N - 1 + hears), lat[nlat / 2], lat[nlat * 9 / 10], lat[nlat * 99 / 100],
           lat[nlat * 999 / 1000], lat[nlat - 1], cb - ca, sb - sa, b - a, (cb - ca) / del * 1e6);
    rate_on = 0;
    free(sendts);
    free(lat);
    drain(0.3);
    fflush(stdout);
}
static void ph_fan(int w, int k, double d) {
    uint64_t n0 = n_status;
    uint64_t sent = 0;
    uint64_t per = N - 1 + hears;
    double a = 0, ca = 0, sa = 0;
    uint64_t m0 = 0, r0 = 0;
    double st = now();
    int measuring = 0;
    double b;
    double stall = now();
    uint64_t lastd = 0;
    while (1) {
        b = now();
        uint64_t del = n_status - n0;
        if (del != lastd) {
            lastd = del;
            stall = b;
        } else if (b - stall > 15) {
            fprintf(stderr, "stalled\n");
            break;
        }
        if (!measuring && b - st > warm) {
            measuring = 1;
            a = b;
            ca = cpu_of();
            sa = cpu_sys();
            m0 = n_status;
            r0 = n_reads;
        }
        if (measuring && b > a + d)
            break;
        while (sent < del / per + w) {
            int pub = (sent % k);
            pub = pub * (N / k);
            txt(&C[pub], msg[(sent / k) % 3], ml[(sent / k) % 3]);
            sent++;
        }
        for (int i = 0; i < 4; i++)
            poll_once();
    }
    double cb = cpu_of(), sb = cpu_sys();
    uint64_t del = n_status - m0;
    printf("{\"mode\":\"fan\",\"n\":%d,\"w\":%d,\"k\":%d,\"deliveries\":%lu,\"del_s\":%.0f,\"changes_s\":%."
           "1f,\"cpu_s\":%.2f,\"sys_s\":%.2f,\"util\":%.2f,\"del_per_cpu_s\":%.0f,\"us_per_del\":%.3f,"
           "\"frames_per_read\":%.2f,\"dead\":%d}\n",
           N, w, k, del, del / (b - a), del / (b - a) / per, cb - ca, sb - sa, (cb - ca) / (b - a),
           del / (cb - ca), (cb - ca) / del * 1e6, (double)del / (n_reads - r0), n_dead);
    drain(0.3);
    fflush(stdout);
}
static const char *words[8] = {
    "Morning! The build from last night is green, I am deploying it to staging now",
    "좋은 아침이에요. 어제 회의록을 공유했으니 확인 부탁드립니다",
    "Can somebody look at the failing upload? It only happens with large pictures",
    "네, 지금 보고 있어요. 로그를 보니 시간 초과 같네요",
    "ok",
    "The customer asked for an export as CSV, with the dates in their own time zone",
    "점심 먹고 같이 볼까요? 화면 공유하면서 설명할게요 :)",
    "I have written it down: https://example.org/notes/42 (please read **before** the call)"};
static void say(conn *c, int conversation, uint64_t number) {
    static uint64_t seed = 0;
    if (!seed)
        seed = (uint64_t)(now() * 1e9) ^ ((uint64_t)getpid() << 40);
    uint64_t r[2];
    for (int i = 0; i < 2; i++) { // splitmix64
        uint64_t z = seed += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        r[i] = z ^ (z >> 31);
    }
    char b[1024];
    int l = snprintf(b, sizeof b,
                     "42%lu[\"message:send\",{\"conversationId\":%d,\"id\":\"%08x-%04x-4%03x-a%03x-%012lx\","
                     "\"text\":\"%s (%lu)\"}]",
                     number, conversation, (uint32_t)(r[0] >> 32), (uint32_t)(r[0] >> 16) & 0xffff,
                     (uint32_t)r[0] & 0xfff, (uint32_t)(r[1] >> 48) & 0xfff, r[1] & 0xffffffffffffUL,
                     words[number % 8], number);
    said[number % SAID] = now();
    txt(c, b, l);
}
// w messages wait for their acknowledgement at any time, written by k of the clients; all clients hear them
static void ph_chat(int conversation, int w, int k, double d) {
    uint64_t sent = 0, a0 = 0, m0 = 0;
    said = calloc(SAID, sizeof *said);
    caplat = 4000000;
    lat = malloc(caplat * 4);
    double st = now(), a = 0, ca = 0, sa = 0, b, stall = st;
    uint64_t last = 0;
    int measuring = 0;
    while (1) {
        b = now();
        if (n_acked != last) {
            last = n_acked;
            stall = b;
        } else if (b - stall > 15) {
            fprintf(stderr, "stalled\n");
            break;
        }
        if (!measuring && b - st > warm * 2) {
            measuring = 1;
            a = b;
            ca = cpu_of();
            sa = cpu_sys();
            a0 = n_acked;
            m0 = n_new;
            nlat = 0;
        }
        if (measuring && b > a + d)
            break;
        while (sent < n_acked + w) {
            say(&C[(sent % k) * (N / k)], conversation, sent);
            sent++;
        }
        for (int i = 0; i < 4; i++)
            poll_once();
    }
    double cb = cpu_of(), sb = cpu_sys();
    uint64_t acks = n_acked - a0, heard = n_new - m0, measured = nlat;
    qsort(lat, measured, 4, cmp);
    double e = now() + 10;
    while (now() < e && (n_acked < sent || n_new < sent * N))
        poll_once();
    printf("{\"mode\":\"chat\",\"n\":%d,\"w\":%d,\"k\":%d,\"acks\":%lu,\"acks_s\":%.1f,\"cpu_s\":%.2f,"
           "\"sys_s\":%.2f,\"util\":%.2f,\"us_per_ack\":%.1f,\"acks_per_cpu_s\":%.0f,\"heard\":%lu,"
           "\"p50_us\":%u,\"p99_us\":%u,\"sent\":%lu,\"acked\":%lu,\"told\":%lu,\"refused\":%lu,"
           "\"dead\":%d}\n",
           N, w, k, acks, acks / (b - a), cb - ca, sb - sa, (cb - ca) / (b - a), (cb - ca) / acks * 1e6,
           acks / (cb - ca), heard, measured ? lat[measured / 2] : 0, measured ? lat[measured * 99 / 100] : 0,
           sent, n_acked, n_new, n_refused, n_dead);
    free(said);
    said = 0;
    free(lat);
    fflush(stdout);
}
int main(int ac, char **av) {
    char *mode = "fan", *tf = 0;
    int w = 1, k = 1, rate = 20, cc = 64, conversation = 1, o;
    double d = 5;
    while ((o = getopt(ac, av, "p:q:n:m:w:k:r:d:P:t:c:C:Be")) > 0)
        switch (o) {
        case 'p':
            port = atoi(optarg);
            break;
        case 'q':
            port2 = atoi(optarg);
            break;
        case 'n':
            N = atoi(optarg);
            break;
        case 'm':
            mode = optarg;
            break;
        case 'w':
            w = atoi(optarg);
            break;
        case 'k':
            k = atoi(optarg);
            break;
        case 'r':
            rate = atoi(optarg);
            break;
        case 'd':
            d = atof(optarg);
            break;
        case 'P':
            strncpy(pids, optarg, 500);
            break;
        case 't':
            tf = optarg;
            break;
        case 'c':
            cc = atoi(optarg);
            break;
        case 'C':
            conversation = atoi(optarg);
            break;
        case 'B':
            blockms = 100;
            break;
        case 'e':
            hears = 1;
            break;
        }
    if (d > 60)
        d = 60;
    if (tf) {
        FILE *f = fopen(tf, "r");
        char l[1800];
        tok = calloc(20000, sizeof *tok);
        while (ntok < 20000 && fgets(l, sizeof l, f)) {
            l[strcspn(l, "\n")] = 0;
            tok[ntok++] = strdup(l);
        }
        fclose(f);
    }
    C = calloc(N, sizeof *C);
    ep = epoll_create1(0);
    int all = !strcmp(mode, "all"), storm = all || !strcmp(mode, "storm");
    double t0 = now(), c0 = cpu_of(), s0 = cpu_sys();
    double base_rss = rss_of();
    double dl = t0 + (N > 1000 ? 300 : storm ? 120 : 60);
    while (n_up < N && now() < dl) {
        while (n_started < N && n_inflight < cc)
            start_conn(n_started);
        poll_once();
    }
    double t1 = now();
    if (n_up < N) {
        fprintf(stderr, "only %d/%d up\n", n_up, N);
    }
    if (storm) {
        uint64_t need = (uint64_t)N * (N - 1) / 2;
        while (now() < dl) {
            poll_once();
            double t = now();
            if (n_status >= need && t - t_last_status > 0.3)
                break;
            if (t - (t_last_status > t1 ? t_last_status : t1) > 8)
                break;
        }
        double conv = (t_last_status > t1 ? t_last_status : t1) - t0;
        double c1 = cpu_of(), s1 = cpu_sys();
        printf("{\"mode\":\"storm\",\"n\":%d,\"up\":%d,\"connect_s\":%.3f,\"converge_s\":%.3f,\"cpu_s\":%.2f,"
               "\"sys_s\":%.2f,\"deliveries\":%lu,\"need\":%lu,\"reads\":%lu,\"dead\":%d,\"rss_kb\":%ld}\n",
               N, n_up, t1 - t0, conv, c1 - c0, s1 - s0, n_status, need, n_reads, n_dead, rss_of());
        fflush(stdout);
        if (!all)
            return 0;
    }
    // quiesce
    double q = now(), ql = q;
    uint64_t ns = n_status;
    while (now() - ql < 0.5 && now() - q < 40) {
        poll_once();
        if (n_status != ns) {
            ns = n_status;
            ql = now();
        }
    }
    if (!strcmp(mode, "idle")) {
        double e = now() + 2;
        while (now() < e)
            poll_once();
        long r = rss_of();
        printf("{\"mode\":\"idle\",\"n\":%d,\"up\":%d,\"base_rss_kb\":%.0f,\"rss_kb\":%ld,\"per_conn_b\":%."
               "0f,\"dead\":%d}\n",
               N, n_up, base_rss, r, (r - base_rss) * 1024.0 / N, n_dead);
        return 0;
    }
    const char *sts[3] = {"away", "busy", "online"};
    for (int i = 0; i < 3; i++)
        ml[i] = sprintf(msg[i], "42[\"status:update\",{\"status\":\"%s\"}]", sts[i]);
    if (!strcmp(mode, "hb"))
        ph_hb(d);
    else if (!strcmp(mode, "chat"))
        ph_chat(conversation, w, k, d);
    else if (!strcmp(mode, "rate"))
        ph_rate(rate, d);
    else if (!strcmp(mode, "fan"))
        ph_fan(w, k, d);
    else if (all) {
        int sk = getenv("LIGHT") != 0;
        ph_fan(1, 1, d);
        if (!sk) {
            ph_fan(16, 1, d);
            ph_fan(16, 16, d);
        }
        ph_hb(d);
        ph_rate(rate, 5);
    }
    return 0;
}
