using FastRnn.Benchmarks.Comparison;

namespace FastRnn.Benchmarks.Activations;

/// <summary>Nanoseconds an element.</summary>
/// <param name="Ours">For each width of this processor, narrowest first.</param>
/// <param name="Peer">System.Numerics.Tensors, or null.</param>
internal sealed record Speed(IReadOnlyList<double> Ours, double? Peer)
{
    private static readonly Rounds Full = new(7, 15e6, 40e6);
    private static readonly Rounds Quick = new(3, 5e6, 10e6);

    /// <summary>All widths and the peer take turns.</summary>
    public static Speed Measure(MeasuredFunction function, bool quick, CancellationToken interrupt)
    {
        var rounds = quick ? Quick : Full;
        var x = SpanRun.Input(function.From);
        var functions = SimdWidths.Available.Select(function.Ours).ToList();
        if (function.Peer is { } peer)
        {
            functions.Add(peer);
        }

        var sides = functions.ConvertAll(one => new Side(new SpanRun(one, x)));
        sides.ForEach(side => side.Warm(rounds));
        for (var round = 0; round < rounds.Count; round++)
        {
            interrupt.ThrowIfCancellationRequested();
            sides.ForEach(side => side.Turn());
        }

        var ns = sides.ConvertAll(side => side.Median() / SpanRun.Count);
        return new Speed(ns[..SimdWidths.Available.Count], function.Peer is null ? null : ns[^1]);
    }
}
