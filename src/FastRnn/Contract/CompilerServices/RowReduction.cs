using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>The sums along a row that equations ask for. Their order depends on the length alone: element i belongs to chain i mod 16, each
/// chain ascends, then a fixed tree. The result fills a vector.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class RowReduction
{
    /// <summary>The sum of <paramref name="count"/> floats.</summary>
    public static void Sum<S, V>(float* values, int count, float* line)
        where S : ISimd<V>
        where V : struct => S.Store(S.Create(Total<S, V>(values, count)), line);

    /// <summary>Their mean.</summary>
    public static void Mean<S, V>(float* values, int count, float* line)
        where S : ISimd<V>
        where V : struct => S.Store(S.Create(Total<S, V>(values, count) / count), line);

    private static float Total<S, V>(float* values, int count)
        where S : ISimd<V>
        where V : struct
    {
        var chains = stackalloc float[LaneSums.Count];
        var whole = count / LaneSums.Count * LaneSums.Count;
        for (var lane = 0; lane < LaneSums.Count; lane += S.Lanes)
        {
            var sum = S.Zero;
            for (var i = lane; i < whole; i += LaneSums.Count)
                sum = S.Add(sum, S.Load(values + i));
            S.Store(sum, chains + lane);
        }

        for (var i = whole; i < count; i++)
            chains[i - whole] += values[i];
        return LaneSums.Tree(chains);
    }
}
