"""Whether a process still runs; one that has ended but was not collected by its parent does not."""


def is_alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as status:
            return status.read().rpartition(") ")[2][0] != "Z"
    except FileNotFoundError:
        return False
