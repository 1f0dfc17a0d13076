#!/usr/bin/env bash
# Ranks on "hosts" of their own: two network namespaces joined by a pair of veth devices, with the latency and the bandwidth of a network.
# mpirun starts the second rank by an agent that enters the other namespace. Linux, root, iproute2, Open MPI.
#
#   tests/mpi-namespaces.sh DELAY RATE COMMAND...      # such as: tests/mpi-namespaces.sh 50us 1gbit dotnet FastRnn.Cli.dll train ...
#
# DELAY 0 is none, RATE 0 no limit. A delay wants the kernel's netem (CONFIG_NET_SCH_NETEM); a rate alone is made by tbf, which more kernels have.
set -euo pipefail

if (($# < 3)); then
    echo "expected: $0 DELAY RATE COMMAND..., such as 50us 1gbit dotnet FastRnn.Cli.dll plan model" >&2
    exit 2
fi

delay=$1 rate=$2
shift 2
name=frnn$$
scratch=$(mktemp -d)

end() {
    ip netns del "${name}a" 2> /dev/null || true
    ip netns del "${name}b" 2> /dev/null || true
    rm -rf "$scratch"
}
trap end EXIT

# Half a second of packets may wait in a device: more than TCP ever has under way, so none is lost.
slow() {
    if [ "$delay" != 0 ]; then
        local limit=()
        if [ "$rate" != 0 ]; then limit=(rate "$rate"); fi
        if ! ip netns exec "$1" tc qdisc add dev "$2" root netem delay "$delay" "${limit[@]}" limit 100000; then
            echo "a delay wants a kernel with netem (CONFIG_NET_SCH_NETEM): take 0 for DELAY" >&2
            exit 2
        fi
    elif [ "$rate" != 0 ]; then
        ip netns exec "$1" tc qdisc add dev "$2" root tbf rate "$rate" burst 256kb latency 500ms
    fi
}

ip netns add "${name}a"
ip netns add "${name}b"
ip link add "${name}va" netns "${name}a" type veth peer name "${name}vb" netns "${name}b"
for side in a b; do
    ip -n "$name$side" addr add "10.213.7.$([ $side = a ] && echo 1 || echo 2)/24" dev "${name}v$side"
    ip -n "$name$side" link set "${name}v$side" up
    ip -n "$name$side" link set lo up
    slow "$name$side" "${name}v$side"
done

# What mpirun calls in place of ssh: a host, then a command. Each has a host name of its own, by which Open MPI tells them apart.
cat > "$scratch/enter" <<END
#!/bin/sh
shift
exec ip netns exec ${name}b unshare --uts sh -c "hostname ${name}b; \$*"
END
chmod +x "$scratch/enter"

# Either rank would be bound to the first core, because each is the only one on its host: so they are told which.
ip netns exec "${name}a" unshare --uts sh -c "hostname ${name}a; exec \"\$@\"" sh \
    mpirun --allow-run-as-root --host 10.213.7.1:1,10.213.7.2:1 --mca plm_rsh_agent "$scratch/enter" --mca btl self,tcp \
    --mca btl_tcp_if_include 10.213.7.0/24 --mca oob_tcp_if_include 10.213.7.0/24 --bind-to none -n 2 \
    sh -c 'exec taskset -c $((OMPI_COMM_WORLD_RANK % $(nproc --all))) "$@"' sh "$@"
