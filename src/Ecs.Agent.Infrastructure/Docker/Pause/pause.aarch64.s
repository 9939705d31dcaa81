// The program of the pause image, 64-bit ARM Linux; the same as pause.x86_64.s, which says what it does and why it is so.

        .set    BASE, 0x400000

        .text
file:
        .byte   0x7f, 'E', 'L', 'F', 2, 1, 1, 0         // 64 bits, little-endian
        .quad   0
        .short  2, 183                                  // executable, aarch64
        .long   1
        .quad   BASE + start - file                     // where it begins
        .quad   segments - file, 0
        .long   0
        .short  64, 56, 2, 64, 0, 0                     // two segments, no sections
segments:
        .long   1, 5                                    // loaded: to read and execute; pages may be of 64 KiB
        .quad   0, BASE, BASE, end - file, end - file, 0x10000
        .long   0x6474e551, 6                           // the stack: to read and write
        .quad   0, 0, 0, 0, 0, 16

start:
        mov     x0, #0                                  // SIG_BLOCK
        adr     x1, signals
        mov     x2, #0
        mov     x3, #8
        mov     x8, #135                                // rt_sigprocmask
        svc     #0
reap:
        mov     x0, #-1                                 // any child
        mov     x1, #0
        mov     x2, #1                                  // WNOHANG
        mov     x3, #0
        mov     x8, #260                                // wait4
        svc     #0
        cmp     w0, #0
        b.gt    reap
        adr     x0, signals
        mov     x1, #0
        mov     x2, #0                                  // without limit
        mov     x3, #8
        mov     x8, #137                                // rt_sigtimedwait
        svc     #0
        cmp     w0, #2                                  // SIGINT
        b.eq    leave
        cmp     w0, #15                                 // SIGTERM
        b.ne    reap
leave:
        mov     x0, #0
        mov     x8, #94                                 // exit_group
        svc     #0

        .balign 8
signals:
        .quad   (1 << (2 - 1)) | (1 << (15 - 1)) | (1 << (17 - 1))      // SIGINT, SIGTERM, SIGCHLD
end:
