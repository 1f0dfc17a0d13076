using System.Globalization;
using System.Runtime.CompilerServices;

namespace FastRnn.Execution;

/// <summary>What goes before the gradients from rank to rank: which step and batch they belong to, and the losses of the heads so
/// far.</summary>
internal sealed unsafe class RankHead
{
    private const int Facts = 3;
    private readonly RecordedRun run;
    private readonly long[] numbers;

    /// <summary>Takes memory.</summary>
    public RankHead(RecordedRun run)
    {
        this.run = run;
        numbers = GC.AllocateArray<long>(Facts + run.Loss.Heads.Length, pinned: true);
    }

    /// <summary>Where it is.</summary>
    public nint Address => (nint)Unsafe.AsPointer(ref numbers[0]);

    /// <summary>How long it is.</summary>
    public nint Bytes => (nint)numbers.Length * sizeof(long);

    /// <summary>Whether what was received belongs to the step and the batch of this rank.</summary>
    public bool IsOfThisStep => Key == run.Runner.Forward.Key.Value && Count == run.Runner.Input.Count && Weight == run.Loss.TotalWeight;

    /// <summary>The batch of this rank in words.</summary>
    public string Own => Text(run.Runner.Input.Count, run.Loss.TotalWeight, run.Runner.Forward.Key.Value);

    private long Count => numbers[1];

    private double Weight => BitConverter.Int64BitsToDouble(numbers[2]);

    private ulong Key => (ulong)numbers[0];

    /// <summary>This rank's batch, and its losses.</summary>
    public void Write()
    {
        (numbers[0], numbers[1], numbers[2]) = (
            (long)run.Runner.Forward.Key.Value, run.Runner.Input.Count, BitConverter.DoubleToInt64Bits(run.Loss.TotalWeight));
        for (var i = 0; i < run.Loss.Heads.Length; i++)
        {
            numbers[Facts + i] = BitConverter.DoubleToInt64Bits(run.Loss.Heads[i].Sum);
        }
    }

    /// <summary>The losses become those of this rank.</summary>
    public void Read()
    {
        for (var i = 0; i < run.Loss.Heads.Length; i++)
        {
            run.Loss.Heads[i].Sum = BitConverter.Int64BitsToDouble(numbers[Facts + i]);
        }
    }

    /// <summary>What was received, in words.</summary>
    public override string ToString() => Text(Count, Weight, Key);

    private static string Text(long count, double weight, ulong key) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} sequences of weight {weight} (step {key:x16})");
}
