namespace FastRnn.Execution;

/// <summary>Whether a pass draws numbers, and by which key (see <see cref="RandomMask"/>).</summary>
internal sealed class PassKey(bool isTraining)
{
    /// <summary>Whether numbers are dropped and drawn.</summary>
    public bool IsTraining { get; } = isTraining;

    /// <summary>The key of the training step.</summary>
    public ulong Value { get; set; }
}
