using FastRnn.Benchmarks.Peers.Workers;
using FastRnn.Benchmarks.Starts;

using TorchSharp;

using static TorchSharp.torch;

namespace FastRnn.TorchSharpPeer;

/// <summary>One step of one stream, as a fresh process: what <c>starts</c> measures.</summary>
internal static class FirstPrediction
{
    public static void Say(int input, int hidden, string file)
    {
        set_num_threads(1);
        var request = new WorkerRequest("create") { Cell = "lstm", Input = input, Hidden = hidden, Layers = 1 };
        var layers = new Layers(request, new Numbers(file));
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        var first = layers.Forward(zeros(1, 1, input))[0, 0, 0].item<float>();
        Console.WriteLine(FormattableString.Invariant($"{PeakMemory.Kilobytes()} {first:r}"));
    }
}
