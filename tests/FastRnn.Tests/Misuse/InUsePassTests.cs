using FastRnn.Data;
using FastRnn.Diagnostics;
using FastRnn.Tests.Models;
using FastRnn.Training;

using static FastRnn.Tests.Misuse.TwoThreads;

namespace FastRnn.Tests.Misuse;

/// <summary>The same for what runs over whole sequences: while one thread is in an evaluator, a BPTT or an inspector, every call of another
/// is refused before it has changed anything.</summary>
public sealed class InUsePassTests
{
    private const int Steps = 300;
    private static readonly int[] Tokens = [.. Enumerable.Range(0, Steps + 1).Select(i => i * 7 % 96)];
    private static readonly RunOptions Options = new() { BatchSize = 1, SequenceLength = Steps, Threads = 1 };

    /// <summary>Batches of two sizes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_evaluator_is_refused_to_a_second_thread(int threads)
    {
        using var evaluator = new LargeText(seed: 1).CreateEvaluator(Options with { BatchSize = 2, Threads = threads });
        var expected = Evaluate(evaluator);
        var losses = new List<double>();
        (string Name, Action Call)[] calls =
        [
            ("Evaluate", () => evaluator.Evaluate(new SequenceBatch { Tokens = [1, 2, 3], TargetTokens = [2, 3, 4], Lengths = [2, 1] })),
            ("ResetState", evaluator.ResetState),
        ];
        foreach (var (name, call) in calls)
            DuringACall(name, call, "Evaluator", () => losses.Add(Evaluate(evaluator)));

        Assert.All(losses, loss => Assert.Equal(expected, loss));
    }

    [Fact]
    public void A_bptt_is_refused_to_a_second_thread()
    {
        using var bptt = new Bptt<LargeText>(new LargeText(seed: 1), Options);
        var (y, expected) = (new float[Steps * 96], new float[Steps * 96]);
        bptt.Forward(Tokens.AsSpan(0, Steps), expected);
        (string Name, Action Call)[] calls =
        [
            ("Forward", () => bptt.Forward(Tokens.AsSpan(0, 3), new float[3 * 96])),
            ("Backward", () => bptt.Backward(new float[3 * 96])),
            ("GetState", () => bptt.GetState(0, 0, new float[256])),
            ("SetState", () => bptt.SetState(0, 0, new float[256])),
            ("ClearGradients", bptt.ClearGradients),
        ];
        foreach (var (name, call) in calls)
        {
            DuringACall(name, call, "Bptt", () => bptt.Forward(Tokens.AsSpan(0, Steps), y), Between);
            bptt.SetState(0, 0, new float[256]);
            bptt.Forward(Tokens.AsSpan(0, Steps), y);
            Bits.AssertSame("outputs after " + name, expected, y);
        }
    }

    [Fact]
    public void An_inspector_is_refused_to_a_second_thread()
    {
        using var inspector = new Inspector<LargeText>(new LargeText(seed: 1), Options);
        var (y, expected) = (new float[Steps * 96], new float[Steps * 96]);
        inspector.Forward(Tokens.AsSpan(0, Steps), expected);
        (string Name, Action Call)[] calls =
        [
            ("Forward", () => inspector.Forward(Tokens.AsSpan(0, 3), new float[3 * 96])),
            ("Backward", () => inspector.Backward(new float[3 * 96])),
            ("GetState", () => inspector.GetState(0, 0, 1, new float[256])),
            ("Saturation", () => inspector.Saturation(0, "i")),
            ("Jacobian", () => inspector.Jacobian(1, 0, 0)),
        ];
        foreach (var (name, call) in calls)
        {
            DuringACall(name, call, "Inspector", () => inspector.Forward(Tokens.AsSpan(0, Steps), y), Between);
            inspector.Forward(Tokens.AsSpan(0, Steps), y);
            Bits.AssertSame("outputs after " + name, expected, y);
        }
    }

    private static double Evaluate(Evaluator<LargeText> evaluator) =>
        evaluator.Evaluate(
            new SequenceBatch { Tokens = Tokens.AsSpan(0, Steps), TargetTokens = Tokens.AsSpan(1, Steps), Lengths = [Steps] })
            .Sum;
}
