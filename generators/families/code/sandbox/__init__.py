"""Runs programs that somebody else wrote where they can do nothing but compute, and judges their values outside.

    from generators.families.code.sandbox.box import Sandbox
    from generators.families.code.sandbox.limits import Limits

    with Sandbox(Limits(wall=1.0)) as box:
        found = box.run("def add(a, b):\n    return a + b", "add", [b"[1, 2]", b"[2, 2]"], [3, 5])
        assert found.verdicts == ("passed", "wrong")
        found = box.run_script("print(int(input()) + 1)", ["4"], ["5"])
        assert found.right and found.detail() == {"layers": [...], "missing": []}
