using System.Runtime.Intrinsics;

namespace FastRnn.CompilerServices;

/// <summary>Sums along a row: 16 chains at every width (element i belongs to chain i mod 16), then a fixed tree.</summary>
internal static unsafe class LaneSums
{
    /// <summary>The number of chains.</summary>
    public const int Count = 16;

    /// <summary>The sum of <paramref name="count"/> floats, a multiple of 16.</summary>
    public static float Sum<S, V>(float* values, int count)
        where S : ISimd<V>
        where V : struct
    {
        var chains = stackalloc float[Count];
        for (var lane = 0; lane < Count; lane += S.Lanes)
        {
            var sum = S.Zero;
            for (var i = lane; i < count; i += Count)
                sum = S.Add(sum, S.Load(values + i));
            S.Store(sum, chains + lane);
        }

        return Tree(chains);
    }

    /// <summary>The sum of 16 chains.</summary>
    public static float Tree(float* chains)
    {
        var eight = Vector256.Load(chains) + Vector256.Load(chains + 8);
        var four = eight.GetLower() + eight.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two.GetElement(0) + two.GetElement(1);
    }
}
