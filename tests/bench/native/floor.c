// The machine's limit: a bare epoll loop that answers the same handshake and writes the same bytes as a presence server
// would, one send() a delivery (-C: one send() per socket and batch). It checks nothing and knows nobody.
// usage: floor PORT [-C]
#define _GNU_SOURCE
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
#include <unistd.h>
#define MAXFD 20100
static uint8_t st[MAXFD];
static int fds[MAXFD], pos[MAXFD], nf;
static int coal;
static uint8_t big[1 << 22];
static int bl;
static int ep;
static int frame(uint8_t *b, const char *s, int n) {
    int h;
    b[0] = 0x81;
    if (n < 126) {
        b[1] = n;
        h = 2;
    } else {
        b[1] = 126;
        b[2] = n >> 8;
        b[3] = n;
        h = 4;
    }
    memcpy(b + h, s, n);
    return h + n;
}
static void bcast(const uint8_t *b, int n, int skip) {
    for (int i = 0; i < nf; i++)
        if (fds[i] != skip) {
            int o = 0;
            while (o < n) {
                int r = send(fds[i], b + o, n - o, MSG_NOSIGNAL);
                if (r < 0) {
                    if (errno == EAGAIN) {
                        usleep(20);
                        continue;
                    }
                    break;
                }
                o += r;
            }
        }
}
int main(int ac, char **av) {
    int port = atoi(av[1]);
    for (int i = 2; i < ac; i++) {
        if (!strcmp(av[i], "-C"))
            coal = 1;
    }
    int l = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(l, (void *)&a, sizeof a) || listen(l, 4096)) {
        perror("bind");
        return 1;
    }
    ep = epoll_create1(0);
    struct epoll_event e = {.events = EPOLLIN, .data.fd = l};
    epoll_ctl(ep, EPOLL_CTL_ADD, l, &e);
    static uint8_t sf[256];
    const char *S = "42[\"user:status\",{\"userId\":\"u0\",\"username\":\"user0\",\"status\":\"away\","
                    "\"timestamp\":1700000000000}]";
    int sl = frame(sf, S, strlen(S));
    static uint8_t hf[128];
    const char *H = "42[\"heartbeat:ack\",{\"timestamp\":1700000000000}]";
    int hl = frame(hf, H, strlen(H));
    static uint8_t of[256];
    const char *O = "0{\"sid\":\"abcdefgh\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,"
                    "\"maxPayload\":1000000}";
    int ol = frame(of, O, strlen(O));
    static uint8_t cf[128];
    const char *CC = "40{\"sid\":\"abcdefgh\"}";
    int cl = frame(cf, CC, strlen(CC));
    struct epoll_event ev[256];
    static uint8_t in[65536];
    for (;;) {
        int n = epoll_wait(ep, ev, 256, -1);
        for (int i = 0; i < n; i++) {
            int fd = ev[i].data.fd;
            if (fd == l) {
                int c;
                while ((c = accept4(l, 0, 0, SOCK_NONBLOCK)) >= 0) {
                    setsockopt(c, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                    st[c] = 0;
                    struct epoll_event x = {.events = EPOLLIN, .data.fd = c};
                    epoll_ctl(ep, EPOLL_CTL_ADD, c, &x);
                }
                continue;
            }
            int r = recv(fd, in, sizeof in, 0);
            if (r <= 0) {
                if (r < 0 && errno == EAGAIN)
                    continue;
                if (st[fd] == 2) {
                    int p = pos[fd];
                    fds[p] = fds[--nf];
                    pos[fds[p]] = p;
                }
                close(fd);
                continue;
            }
            if (st[fd] == 0) {
                const char *h = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
                                "Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
                uint8_t o[512];
                int hl2 = strlen(h);
                memcpy(o, h, hl2);
                memcpy(o + hl2, of, ol);
                send(fd, o, hl2 + ol, MSG_NOSIGNAL);
                st[fd] = 1;
                continue;
            }
            uint8_t *p = in, *q = in + r;
            while (q - p >= 6) {
                int ln = p[1] & 127, h = 2;
                if (ln == 126) {
                    ln = p[2] << 8 | p[3];
                    h = 4;
                }
                uint8_t *m = p + h;
                h += 4;
                uint8_t *d = p + h;
                for (int j = 0; j < ln; j++)
                    d[j] ^= m[j & 3];
                p += h + ln;
                if (d[0] == '4' && d[1] == '0') {
                    send(fd, cf, cl, MSG_NOSIGNAL);
                    if (coal) {
                        memcpy(big + bl, sf, sl);
                        bl += sl;
                    } else
                        bcast(sf, sl, fd);
                    st[fd] = 2;
                    pos[fd] = nf;
                    fds[nf++] = fd;
                } else if (d[0] == '4' && d[1] == '2' && d[4] == 'h')
                    send(fd, hf, hl, MSG_NOSIGNAL);
                else if (d[0] == '4' && d[1] == '2' && d[4] == 's') {
                    if (coal) {
                        memcpy(big + bl, sf, sl);
                        bl += sl;
                    } else
                        bcast(sf, sl, fd);
                }
            }
        }
        if (bl) {
            bcast(big, bl, -1);
            bl = 0;
        }
    }
}
