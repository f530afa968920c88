r"""Runs programs that somebody else wrote where they can do little but compute, and judges their values outside.

    from generators.families.code.sandbox.box import Sandbox
    from generators.families.code.sandbox.limits import Limits

    with Sandbox(Limits(wall=1.0)) as box:
        found = box.run("def add(a, b):\n    return a + b", "add", [b"[1, 2]", b"[2, 2]"], [3, 5])
        found.verdicts  # ("passed", "wrong")
        found.detail()  # {"layers": ["network", "mounts", ...], "missing": []}, for the proof
        box.run_script("print(int(input()) + 1)", ["4"], ["5"]).right  # True

How it works. The parent (`box`, `host`, `process`) starts a bare interpreter with an empty environment, the zygote. It
enters namespaces of its own (`layers`) and forks one process for each program (`worker`), which gives up every right
before it reads the program. The process sends back values, never verdicts; expected values never leave the parent.

What stands between a program and the host; each layer is tried at the start, and what the host refuses is in `missing`:

- limits, always: address space, processor and wall time, steps, threads, open files, length of a result or print; not
  one byte may be written to a file;
- `user`: a user id that owns nothing (only where the parent is root);
- `network`, `processes`: no interface to talk through, no process to see but its own kind;
- `mounts`: a file system that holds the standard library, read-only, and nothing else;
- `landlock`: the same once more, by rules on paths; no signals and no sockets to the outside;
- `seccomp` (x86-64): no sockets, new processes, other programs, or files opened for writing; these end the process.

What it stops: programs that loop, fill memory, fork, read, write or delete files, talk, kill, exit early; that print,
return or send something made up; that search the interpreter for the expected values, which are not there.

What it does not stop. A fault of the kernel itself lets a program out: the layers are Linux, not a virtual machine; run
what you believe to be written for an attack in one. A program can tell that it is watched, measure time and slow its
neighbours down within its limits. It may answer by recalling instead of computing: tests are only as good as their
number. Steps are counted where the source loops, calls or unfolds a list; a program can avoid that, and then only the
time stops it, so verdicts near the limits of time depend on the machine. Without `seccomp`, an id of its own and
`processes`, a program may disturb what else that user runs. Without `mounts` and `landlock` it may read what its user
may read. Only the standard library can be imported.
"""
