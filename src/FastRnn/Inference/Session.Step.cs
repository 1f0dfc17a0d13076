using FastRnn.Execution;

namespace FastRnn.Inference;

/// <content>Steps, one or many. Everything is checked before the session is entered: from there on nothing throws, and if it does, the
/// session is marked as failed. Whether another thread changed the parameters meanwhile is seen behind the steps.</content>
public sealed unsafe partial class Session<TModel>
{
    /// <summary>One step of vectors.</summary>
    /// <param name="x"><c>[B, I]</c>.</param>
    /// <param name="y">Receives <c>[B, O]</c>: logits, or what the last layer's activation made of them. Where I is O it may be the same
    /// memory as <paramref name="x"/>; otherwise both have nothing in common.</param>
    /// <exception cref="ArgumentException">A span has another length, or the output lies over the input.</exception>
    /// <exception cref="InvalidOperationException">The model reads tokens; or another thread is in the session, or edits or trains the
    /// model.</exception>
    /// <exception cref="ObjectDisposedException">The session was disposed.</exception>
    public void Step(ReadOnlySpan<float> x, Span<float> y)
    {
        if (x.Length != stepInputs || y.Length != stepOutputs)
            ArgumentCheck.StepOf(TModel.Info, BatchSize, x.Length, y.Length);
        ArgumentCheck.ApartOrSame(x, y);
        var seen = changes.Enter(ref use, this);
        fixed (float* input = x, output = y)
            Go(input, null, output, 1);

        changes.Leave(ref use, seen);
    }

    /// <summary>One step of tokens.</summary>
    /// <param name="tokens"><c>[B]</c>, each from 0 to Vocabulary - 1; of a model with K inputs of tokens <c>[B, K]</c>.</param>
    /// <param name="y">Receives <c>[B, O]</c>.</param>
    /// <exception cref="ArgumentException">A span has another length, or the output lies over the input.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads something else; or another thread is in the session, or edits or
    /// trains the model.</exception>
    /// <exception cref="ObjectDisposedException">The session was disposed.</exception>
    public void Step(ReadOnlySpan<int> tokens, Span<float> y)
    {
        ArgumentCheck.Tokens(TModel.Info);
        ArgumentCheck.Length(
            tokens.Length, (long)BatchSize * TModel.Info.TokenCount, nameof(tokens), TModel.Info.TokenCount == 1 ? "[B]" : "[B, K]");
        Run(tokens, y);
    }

    /// <summary>One step of vectors beside tokens, for a model that reads both.</summary>
    /// <param name="x"><c>[B, I]</c>.</param>
    /// <param name="tokens"><c>[B, K]</c>: a token for each input of tokens, in declared order.</param>
    /// <param name="y">Receives <c>[B, O]</c>; it has nothing in common with the inputs.</param>
    /// <inheritdoc cref="Step(ReadOnlySpan{int}, Span{float})" path="/exception"/>
    public void Step(ReadOnlySpan<float> x, ReadOnlySpan<int> tokens, Span<float> y)
    {
        ArgumentCheck.VectorsAndTokens(TModel.Info);
        ArgumentCheck.Length(x.Length, (long)BatchSize * TModel.Info.VectorSize, nameof(x), "[B, I]");
        Run(x, tokens, y);
    }

    /// <summary>One step of one token, for a session of one stream.</summary>
    /// <param name="token">From 0 to Vocabulary - 1.</param>
    /// <param name="y">Receives <c>[O]</c>.</param>
    /// <inheritdoc cref="Step(ReadOnlySpan{int}, Span{float})" path="/exception"/>
    public void Step(int token, Span<float> y) => Step(new ReadOnlySpan<int>(in token), y);

    /// <summary>T steps of vectors; the state is carried on from call to call.</summary>
    /// <param name="x"><c>[T, B, I]</c>.</param>
    /// <param name="y">Receives <c>[T, B, O]</c>. Where I is O it may be the same memory as <paramref name="x"/>; otherwise both have
    /// nothing in common.</param>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, Span{float})" path="/exception"/>
    public void Run(ReadOnlySpan<float> x, Span<float> y) =>
        Run(x, [], y, StepCheck.Vectors(TModel.Info, BatchSize, x, y));

    /// <summary>T steps of tokens; the state is carried on from call to call.</summary>
    /// <param name="tokens"><c>[T, B]</c>, each from 0 to Vocabulary - 1; of a model with K inputs of tokens <c>[T, B, K]</c>.</param>
    /// <param name="y">Receives <c>[T, B, O]</c>.</param>
    /// <inheritdoc cref="Step(ReadOnlySpan{int}, Span{float})" path="/exception"/>
    public void Run(ReadOnlySpan<int> tokens, Span<float> y) =>
        Run([], tokens, y, StepCheck.Tokens(TModel.Info, BatchSize, tokens, y));

    /// <summary>T steps of vectors beside tokens; the state is carried on from call to call.</summary>
    /// <param name="x"><c>[T, B, I]</c>.</param>
    /// <param name="tokens"><c>[T, B, K]</c>: a token for each input of tokens, in declared order.</param>
    /// <param name="y">Receives <c>[T, B, O]</c>; it has nothing in common with the inputs.</param>
    /// <inheritdoc cref="Step(ReadOnlySpan{int}, Span{float})" path="/exception"/>
    public void Run(ReadOnlySpan<float> x, ReadOnlySpan<int> tokens, Span<float> y) =>
        Run(x, tokens, y, StepCheck.VectorsAndTokens(TModel.Info, BatchSize, x, tokens, y));

    private void Run(ReadOnlySpan<float> x, ReadOnlySpan<int> tokens, Span<float> y, int steps)
    {
        var seen = changes.Enter(ref use, this);
        fixed (int* labels = tokens)
        fixed (float* vectors = x, output = y)
            Go(vectors, labels, output, steps);

        changes.Leave(ref use, seen);
    }

    private void Go(float* x, int* tokens, float* y, int steps)
    {
        try
        {
            run.Run(x, tokens, y, steps);
        }
        catch
        {
            // Nothing in here throws of itself; what the program does to the thread, an interruption before the others were called, may.
            // Then nothing says who has stepped.
            use.Fail();
            throw;
        }

        GC.KeepAlive(this);
    }
}
