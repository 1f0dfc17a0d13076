using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace FastRnn.CompilerServices;

/// <summary>One position as the kernel of a loss sees it. Vectors are read and written piece by piece, from element <c>at</c> on; what
/// lies behind their ends is 0 where it is read, counts in no sum, and is not written. Sums have 16 chains at every width, as those of
/// the library's own losses (<see cref="LaneSums"/>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe ref struct LossRow
{
    private readonly float* outputs;
    private readonly float* targets;
    private readonly float* gradient;
    private readonly float* sums;
    private readonly float* edge;
    private readonly float scale;

    /// <summary>A position.</summary>
    /// <param name="outputs">All outputs.</param>
    /// <param name="targets"><c>[Count]</c>.</param>
    /// <param name="gradient">Receives <paramref name="scale"/> times the gradient of the outputs.</param>
    /// <param name="count">Elements of a vector.</param>
    /// <param name="scale">A factor.</param>
    /// <param name="scratch">16 floats of any value, then as many zeros for each sum.</param>
    internal LossRow(float* outputs, float* targets, float* gradient, int count, float scale, float* scratch)
    {
        this.outputs = outputs;
        this.targets = targets;
        this.gradient = gradient;
        this.scale = scale;
        edge = scratch;
        sums = scratch + LaneSums.Count;
        Count = count;
    }

    /// <summary>Elements of a vector.</summary>
    public int Count { get; }

    /// <summary>The loss, once it is known.</summary>
    internal float Loss { get; private set; }

    /// <summary>A piece of a vector of outputs.</summary>
    /// <param name="vector">Which, in the order in which the equations take them.</param>
    /// <param name="at">The first element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly V Output<S, V>(int vector, nint at)
        where S : ISimd<V>
        where V : struct => Load<S, V>(outputs + ((nint)vector * Count), at);

    /// <summary>A piece of the targets.</summary>
    /// <param name="at">The first element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly V Target<S, V>(nint at)
        where S : ISimd<V>
        where V : struct => Load<S, V>(targets, at);

    /// <summary>Adds a piece to a sum.</summary>
    /// <param name="sum">Which sum.</param>
    /// <param name="value">The piece.</param>
    /// <param name="at">Its first element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Add<S, V>(int sum, V value, nint at)
        where S : ISimd<V>
        where V : struct
    {
        var chain = sums + (sum * LaneSums.Count) + (at % LaneSums.Count);
        var counted = at + S.Lanes <= Count ? value : Cut<S, V>(value, at);
        S.Store(S.Add(S.Load(chain), counted), chain);
    }

    /// <summary>A finished sum in every lane.</summary>
    /// <param name="sum">Which.</param>
    public readonly V Sum<S, V>(int sum)
        where S : ISimd<V>
        where V : struct => S.Create(LaneSums.Tree(sums + (sum * LaneSums.Count)));

    /// <summary>The number of elements in every lane.</summary>
    public readonly V Length<S, V>()
        where S : ISimd<V>
        where V : struct => S.Create(Count);

    /// <summary>Writes a piece of the gradient of a vector of outputs.</summary>
    /// <param name="vector">Which.</param>
    /// <param name="value">The piece, not scaled.</param>
    /// <param name="at">Its first element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Gradient<S, V>(int vector, V value, nint at)
        where S : ISimd<V>
        where V : struct
    {
        var scaled = Activation.Flush<S, V>(S.Multiply(value, S.Create(scale)));
        var to = gradient + ((nint)vector * Count) + at;
        if (at + S.Lanes <= Count)
        {
            S.Store(scaled, to);
        }
        else
        {
            S.Store(scaled, edge);
            new ReadOnlySpan<float>(edge, (int)(Count - at)).CopyTo(new Span<float>(to, (int)(Count - at)));
        }
    }

    /// <summary>Says the loss.</summary>
    /// <param name="value">It, in every lane.</param>
    public void Result<S, V>(V value)
        where S : ISimd<V>
        where V : struct
    {
        S.Store(value, edge);
        Loss = edge[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly V Load<S, V>(float* vector, nint at)
        where S : ISimd<V>
        where V : struct => at + S.Lanes <= Count ? S.Load(vector + at) : LoadEdge<S, V>(vector + at, (int)(Count - at));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly V LoadEdge<S, V>(float* from, int count)
        where S : ISimd<V>
        where V : struct
    {
        new ReadOnlySpan<float>(from, count).CopyTo(new Span<float>(edge, count));
        new Span<float>(edge + count, S.Lanes - count).Clear();
        return S.Load(edge);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly V Cut<S, V>(V value, nint at)
        where S : ISimd<V>
        where V : struct
    {
        S.Store(value, edge);
        return LoadEdge<S, V>(edge, (int)(Count - at));
    }
}
