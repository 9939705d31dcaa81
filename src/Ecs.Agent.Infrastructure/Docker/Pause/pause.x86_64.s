# The program of the pause image, x86-64 Linux. It holds the namespaces that the containers of a task share, as PID 1 of a shared PID
# namespace ends the orphans that end up with it, and exits with 0 at SIGTERM and SIGINT.
#
# The signals are blocked and waited for. They need no handler then, and the kernel delivers blocked signals to a PID 1, which it would not
# do with others that PID 1 does not handle.
#
# The whole file is here, ELF header first; eng/pause.sh assembles it. Another program is another image: raise PauseImage.Version.

        .set    BASE, 0x400000

        .text
file:
        .byte   0x7f, 'E', 'L', 'F', 2, 1, 1, 0         # 64 bits, little-endian
        .quad   0
        .short  2, 62                                   # executable, x86-64
        .long   1
        .quad   BASE + start - file                     # where it begins
        .quad   segments - file, 0
        .long   0
        .short  64, 56, 2, 64, 0, 0                     # two segments, no sections
segments:
        .long   1, 5                                    # loaded: to read and execute
        .quad   0, BASE, BASE, end - file, end - file, 0x1000
        .long   0x6474e551, 6                           # the stack: to read and write
        .quad   0, 0, 0, 0, 0, 16

start:
        xorl    %edi, %edi                              # SIG_BLOCK
        leaq    signals(%rip), %rsi
        xorl    %edx, %edx
        movl    $8, %r10d
        movl    $14, %eax                               # rt_sigprocmask
        syscall
reap:
        movq    $-1, %rdi                               # any child
        xorl    %esi, %esi
        movl    $1, %edx                                # WNOHANG
        xorl    %r10d, %r10d
        movl    $61, %eax                               # wait4
        syscall
        testl   %eax, %eax
        jg      reap
        leaq    signals(%rip), %rdi
        xorl    %esi, %esi
        xorl    %edx, %edx                              # without limit
        movl    $8, %r10d
        movl    $128, %eax                              # rt_sigtimedwait
        syscall
        cmpl    $2, %eax                                # SIGINT
        je      leave
        cmpl    $15, %eax                               # SIGTERM
        jne     reap
leave:
        xorl    %edi, %edi
        movl    $231, %eax                              # exit_group
        syscall

        .balign 8
signals:
        .quad   (1 << (2 - 1)) | (1 << (15 - 1)) | (1 << (17 - 1))      # SIGINT, SIGTERM, SIGCHLD
end:
