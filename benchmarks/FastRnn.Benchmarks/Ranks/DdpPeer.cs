using System.Globalization;

using FastRnn.Benchmarks.Models;
using FastRnn.Benchmarks.Peers;
using FastRnn.Benchmarks.Peers.PyTorch;
using FastRnn.Benchmarks.Peers.Workers;

namespace FastRnn.Benchmarks.Ranks;

/// <summary>The same step by PyTorch's DistributedDataParallel over Gloo, two ranks of one thread.</summary>
/// <param name="keepsPages">Whether the allocator keeps freed pages: <see cref="PyTorchPeer"/>.</param>
internal sealed class DdpPeer(bool keepsPages)
{
    /// <summary>Its place in the report.</summary>
    public string Name => $"PyTorch DDP, Gloo{(keepsPages ? ", keeps pages" : "")}";

    /// <summary>Both ranks.</summary>
    /// <exception cref="PeerException">Today's PyTorch is not installed.</exception>
    /// <exception cref="IOException">It failed.</exception>
    public IReadOnlyList<RankMeasure> Measure(int hidden, double seconds)
    {
        var (home, workload) = (PeerHome.Sid, RankShape.Of(hidden, 1));

        // Its model is that of the other script, which it imports.
        home.Python("pytorch_peer.py");
        var start = home.Python("ddp_peer.py");
        var folder = home.CreateExchange();
        try
        {
            var file = Path.Combine(folder.FullName, "input");
            WorkerRun.Write(file, RandomInput.Create(workload));
            foreach (var word in (string[])
                [
                    home.Inside(file), Text(workload.HiddenSize), Text(workload.Layers), Text(workload.Batch), Text(workload.Steps),
                    Text(workload.InputSize), Text(workload.Vocabulary), Text(seconds),
                ])
            {
                start.ArgumentList.Add(word);
            }

            PyTorchSettings.Apply(start, home, keepsPages);
            return RankJob.Read(start, 2);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
