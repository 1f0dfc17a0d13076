using System.Diagnostics;

namespace FastRnn.Benchmarks.Timeline;

/// <summary>The pieces of a step on one thread and on two, which take turns.</summary>
internal static class TimelineRows
{
    private const int Rounds = 15;
    private const double RoundSeconds = 0.08;

    /// <summary>Medians over all steps of all rounds.</summary>
    /// <param name="batch">B.</param>
    /// <param name="steps">T.</param>
    /// <param name="interrupt">Ends it.</param>
    public static (IReadOnlyList<(string Name, double Microseconds)> One, IReadOnlyList<(string Name, double Microseconds)> Two)
        Measure<TModel>(int batch, int steps, CancellationToken interrupt)
        where TModel : class, IModel<TModel>
    {
        using var model = TModel.Create(CompilerServices.ModelStore<TModel>.Initialize(1, SimdWidth.Auto));
        using var other = TModel.Create(CompilerServices.ModelStore<TModel>.Initialize(1, SimdWidth.Auto));
        using var one = new StepPieces<TModel>(model, batch, steps, 1);
        using var two = new StepPieces<TModel>(other, batch, steps, 2);
        StepPieces<TModel>[] sides = [one, two];
        var times = sides.Select(side => side.Names.Select(_ => new List<long>()).ToArray()).ToArray();
        for (var round = -2; round < Rounds; round++)
        {
            for (var side = 0; side < sides.Length; side++)
            {
                // The other side's workers go to sleep, and this side's wake up.
                Thread.Sleep(5);
                sides[side].Step();
                var begin = Stopwatch.GetTimestamp();
                do
                {
                    interrupt.ThrowIfCancellationRequested();
                    sides[side].Step();
                    for (var i = 0; i < times[side].Length && round >= 0; i++)
                    {
                        times[side][i].Add(sides[side].Times[i]);
                    }
                }
                while (Stopwatch.GetElapsedTime(begin).TotalSeconds < RoundSeconds);
            }
        }

        return (Medians(one.Names, times[0]), Medians(two.Names, times[1]));
    }

    private static List<(string Name, double Microseconds)> Medians(IReadOnlyList<string> names, List<long>[] times) =>
    [
        .. names.Zip(times, (name, list) => (name, list.Order().ElementAt(list.Count / 2) * 1e6 / Stopwatch.Frequency)),
    ];
}
