using FastRnn.Memory;

namespace FastRnn;

/// <summary>One carried state of a layer.</summary>
/// <param name="Name">The name of <c>Step</c>'s parameter.</param>
/// <param name="Size">Its length.</param>
/// <param name="NeedsHistory">Whether a step reads units of the previous state that it has already replaced, so that old and
/// new may not share memory: the state is multiplied by a matrix, or it is the layer's output.</param>
public sealed record StateInfo(string Name, int Size, bool NeedsHistory)
{
    /// <summary>Floats from one row to the next.</summary>
    public int PaddedSize => Padding.RoundUp(Size);
}
