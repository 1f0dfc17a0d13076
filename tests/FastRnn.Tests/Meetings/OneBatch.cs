using FastRnn.Data;

namespace FastRnn.Tests.Meetings;

/// <summary>The same three sequences in each step.</summary>
internal sealed class OneBatch : IBatchSource
{
    private static readonly int[] Tokens = [4, 8, 15, 16, 2, 3, 4];
    private static readonly int[] Labels = [0, 1, 2, 3, 4, 5, 6];
    private static readonly int[] Lengths = [2, 1, 4];

    public int BatchesPerEpoch => 2;

    public int BatchSize => 3;

    public long Position { get; set; }

    public string Identity => "one batch";

    public SequenceBatch Next(out bool beginsSequences)
    {
        beginsSequences = true;
        Position++;
        return new() { Tokens = Tokens, TargetTokens = Labels, Lengths = Lengths };
    }
}
