using FastRnn.Tests.Models;
using FastRnn.Training;

using static FastRnn.Tests.Misuse.SessionMisuseTests;

namespace FastRnn.Tests.Misuse;

public sealed class BpttMisuseTests : IDisposable
{
    private const int Batch = 2;
    private const int Steps = 3;

    private readonly LossOnTheCell vectors = new(seed: 1);
    private readonly OneHotStack tokens = new(seed: 1);
    private readonly float[] x = new float[Steps * Batch * 4];
    private readonly float[] y = new float[Steps * Batch * 5];

    public void Dispose()
    {
        vectors.Dispose();
        tokens.Dispose();
    }

    [Fact]
    public void Sizes_begin_at_1()
    {
        void Refuses(string name, RunOptions options) =>
            Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new Bptt<LossOnTheCell>(vectors, options)).ParamName);

        Assert.Throws<ArgumentNullException>(() => new Bptt<LossOnTheCell>(null!, new() { BatchSize = Batch, SequenceLength = Steps }));
        Refuses("options.BatchSize", new() { BatchSize = 0, SequenceLength = Steps });
        Refuses("options.SequenceLength", new() { BatchSize = Batch, SequenceLength = 0 });
        Refuses("options.Threads", new() { BatchSize = Batch, SequenceLength = Steps, Threads = -1 });
        Refuses("options", new() { Weights = WeightFormat.BFloat16 });
        Refuses("options", new() { Weights = WeightFormat.Int8 });
    }

    [Fact]
    public void Spans_of_a_wrong_length_are_refused_with_both_lengths()
    {
        using var bptt = new Bptt<LossOnTheCell>(vectors, new() { BatchSize = Batch, SequenceLength = Steps });

        Says("X [T, B, ...]: expected 1 to 3 steps, got 0.", () => bptt.Forward(ReadOnlySpan<float>.Empty, []));
        Says("X [T, B, ...]: expected 1 to 3 steps, got 4.", () => bptt.Forward(new float[4 * Batch * 4], new float[4 * Batch * 5]));
        Says("X [T, B, ...]: expected a multiple of 8 elements, got 23.", () => bptt.Forward(x.AsSpan(1), y));
        Says("y [T, B, O]: expected 30 elements, got 29.", () => bptt.Forward(x, y.AsSpan(1)));
        bptt.Forward(x, y);
        Says("dY [T, B, O]: expected 30 elements, got 20.", () => bptt.Backward(y.AsSpan(10)));
        bptt.Backward(y);
        Says("dX [T, B, I]: expected 24 elements, got 8.", () => bptt.GetInputGradient(new float[8]));
        Says("values [B, D]: expected 10 elements, got 5.", () => bptt.GetState(0, 0, new float[5]));
        Says("values [B, D]: expected 10 elements, got 5.", () => bptt.SetState(0, 0, new float[5]));
        Says("values [B, D]: expected 10 elements, got 5.", () => bptt.GetStateGradient(0, 0, new float[5]));
        Says("values [B, D]: expected 10 elements, got 5.", () => bptt.SetStateGradient(0, 0, new float[5]));
        Says("LossOnTheCell has no state 1 of layer 0; recurrent layers: 0 (h).", () => bptt.SetStateGradient(0, 1, new float[10]));
    }

    [Fact]
    public void A_backward_pass_needs_a_forward_pass_of_its_own()
    {
        using var bptt = new Bptt<LossOnTheCell>(vectors, new() { BatchSize = Batch, SequenceLength = Steps });
        Says("Backward needs a forward pass first", () => bptt.Backward(y));
        bptt.Forward(x, y);
        bptt.Backward(y);
        Says("each one is used once", () => bptt.Backward(y));
    }

    [Fact]
    public void Tokens_are_checked_and_have_no_gradient()
    {
        using var bptt = new Bptt<OneHotStack>(tokens, new() { BatchSize = Batch, SequenceLength = Steps });
        var outputs = new float[Batch * 5];
        Says("Sequence 1, step 0: expected a token from 0 to 5, got 6.", () => bptt.Forward((int[])[0, 6], outputs));
        Says("Tokens [T, B, ...]: expected 1 to 3 steps, got 0.", () => bptt.Forward(ReadOnlySpan<int>.Empty, []));
        Says("OneHotStack reads tokens (0 to 5), not vectors", () => bptt.Forward([0f, 1f], outputs));
        bptt.Forward((int[])[0, 5], outputs);
        bptt.Backward(outputs);
        Says("OneHotStack reads one-hot tokens, which have no gradient.", () => bptt.GetInputGradient(new float[Batch * 6]));

        using var numbers = new Bptt<LossOnTheCell>(vectors, new() { BatchSize = Batch, SequenceLength = Steps });
        Says("LossOnTheCell reads vectors of 4 numbers, not tokens", () => numbers.Forward((int[])[0, 1], y));
    }

    [Fact]
    public void A_disposed_one_says_so()
    {
        var bptt = new Bptt<LossOnTheCell>(vectors, new() { BatchSize = Batch, SequenceLength = Steps });
        bptt.Forward(x, y);
        bptt.Dispose();
        bptt.Dispose();

        Assert.Throws<ObjectDisposedException>(() => bptt.Forward(x, y));
        Assert.Throws<ObjectDisposedException>(() => bptt.Backward(y));
        Assert.Throws<ObjectDisposedException>(() => bptt.GetInputGradient(x));
        Assert.Throws<ObjectDisposedException>(() => bptt.GetState(0, 0, new float[10]));
        Assert.Throws<ObjectDisposedException>(() => bptt.SetState(0, 0, new float[10]));
        Assert.Throws<ObjectDisposedException>(() => bptt.GetStateGradient(0, 0, new float[10]));
        Assert.Throws<ObjectDisposedException>(() => bptt.SetStateGradient(0, 0, new float[10]));
        Assert.Throws<ObjectDisposedException>(() => bptt.Gradients.Length);
        Assert.Throws<ObjectDisposedException>(bptt.ClearGradients);
    }

    [Fact]
    public void A_gradient_of_a_last_state_is_used_once()
    {
        using var bptt = new Bptt<LossOnTheCell>(vectors, new() { BatchSize = Batch, SequenceLength = Steps });
        var (one, zero, got) = (new float[10], new float[10], new float[10]);
        Array.Fill(one, 1f);

        bptt.Forward(x, y);
        bptt.SetStateGradient(0, 0, one);
        bptt.Backward(new float[30]);
        bptt.GetStateGradient(0, 0, got);
        Assert.DoesNotContain(0f, got);

        bptt.Forward(x, y);
        bptt.Backward(new float[30]);
        bptt.GetStateGradient(0, 0, got);
        Assert.Equal(zero, got);
    }
}
