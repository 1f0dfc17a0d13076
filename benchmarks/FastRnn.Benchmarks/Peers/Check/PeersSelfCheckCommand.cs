using System.CommandLine;

namespace FastRnn.Benchmarks.Peers.Check;

/// <summary><c>peers-selfcheck</c>: whether every installed peer computes what it is compared for.</summary>
internal static class PeersSelfCheckCommand
{
    public static Command Create()
    {
        var command =
            new Command("peers-selfcheck", "Compares every installed peer with the reference in double precision.") { Hidden = true };
        command.SetAction(_ => Run() ? 0 : 1);
        return command;
    }

    private static bool Run()
    {
        var passed = true;
        foreach (var peer in PeerList.All)
        {
            Console.WriteLine(peer.Version is { } version ? $"{peer.Name} {version}" : $"{peer.Name}: not installed: {peer.InstallHint}");
            foreach (var workload in PeerCheck.Workloads.Where(peer.Supports))
            {
                passed &= Report(peer, workload);
            }
        }

        return passed;
    }

    private static bool Report(IPeer peer, Workload workload)
    {
        var what =
            $"  {workload.Cell,-5} {workload.InputSize} -> {workload.HiddenSize} x {workload.Layers} {workload.Kind,-9} "
                + $"batch {workload.Batch} {workload.Precision,-8}";
        try
        {
            var difference = PeerCheck.LargestDifference(peer, workload);
            var passed = difference <= (PeerCheck.Allowed(workload.Precision));
            Console.WriteLine(FormattableString.Invariant($"{what} largest difference {difference:e1}{(passed ? "" : "  FAILED")}"));
            return passed;
        }
        catch (PeerException e)
        {
            Console.WriteLine($"{what} FAILED: {e.Message}");
            return false;
        }
    }
}
