using System.Runtime.CompilerServices;

namespace FastRnn.CompilerServices;

/// <summary>The emitted method that follows finished sums, in one of its two forms.</summary>
/// <param name="plain">The step, the first row, how many, the first unit; null for the other form.</param>
/// <param name="withHead">The same, and the head of the tile.</param>
internal readonly unsafe struct Int8Equations(
    delegate*<in LayerCall, int, int, int, int, void> plain, delegate*<in LayerCall, int, int, int, int, float*, void> withHead)
{
    private readonly delegate*<in LayerCall, int, int, int, int, void> plain = plain;
    private readonly delegate*<in LayerCall, int, int, int, int, float*, void> withHead = withHead;

    /// <summary>The equations of some rows of a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run(in LayerCall call, int t, int row, int rows, int unit, float* head)
    {
        if (plain != null)
        {
            plain(in call, t, row, rows, unit);
        }
        else
        {
            withHead(in call, t, row, rows, unit, head);
        }
    }
}
