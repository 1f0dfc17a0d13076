using FastRnn.Data;
using FastRnn.Threading;

namespace FastRnn.Inference;

/// <summary>The most probable sequences that a model makes, as far as a beam search finds them: at each step the most probable beginnings
/// are followed, each by all tokens, until none of them can become better than what was found. The same on every machine. One search
/// serves one thread at a time; it allocates.</summary>
/// <typeparam name="TModel">The generated class: its outputs are the tokens that it reads.</typeparam>
public sealed class BeamSearch<TModel> : IDisposable
    where TModel : class, IModel<TModel>
{
    private readonly SequenceGenerator<TModel> generator;
    private readonly BeamOptions options;
    private readonly float[] outputs;
    private readonly double[] logs;
    private readonly int[] tokens;
    private readonly int[] read;
    private readonly float[] x;
    private readonly int[] rows;
    private readonly FedToken fed;
    private UseMark use;

    /// <summary>Takes memory.</summary>
    /// <param name="model">The parameters; kept, not copied.</param>
    /// <param name="options">How many beginnings are followed, and so on.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException"><see cref="BeamOptions.Feedback"/> does not fit the model.</exception>
    /// <exception cref="InvalidOperationException">The model reads vectors alone, has several inputs or heads and nothing says what is fed
    /// back, puts out something else than the tokens that it reads, or looks at its own sequence as a whole.</exception>
    public BeamSearch(TModel model, BeamOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.options = options ??= new BeamOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Width, 1, "options.Width");
        if (!(options.LengthPenalty >= 0 && options.LengthPenalty <= 10))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.LengthPenalty, "LengthPenalty: expected 0 to 10.");
        }

        fed = FedToken.Of(TModel.Info, options.Feedback, "a SequenceGenerator");
        FedToken.Check(TModel.Info, options.Feedback, 1);
        generator = new SequenceGenerator<TModel>(model, new()
        {
            BatchSize = options.Width,
            SourceLength = options.SourceLength,
            Threads = options.Threads,
            Weights = options.Weights,
        });
        (outputs, logs) = (new float[options.Width * TModel.Info.OutputSize], new double[fed.Size]);
        (tokens, rows) = (new int[options.Width], new int[options.Width]);
        (read, x) = (new int[options.Width * fed.Stride], Repeated(options.Feedback is { } beside ? beside.X.Span : []));
    }

    /// <summary>The best sequences from one start.</summary>
    /// <param name="start">What one sequence starts from: condition or source, as for <see cref="SequenceGenerator{TModel}.Start"/>. An
    /// encoder reads it once for each beginning that can be followed.</param>
    /// <param name="startToken">What the first step reads.</param>
    /// <param name="endToken">What ends a sequence; -1 if nothing does.</param>
    /// <param name="cap">The most tokens of a sequence, at least 1.</param>
    /// <returns>At most as many as <see cref="BeamOptions.Width"/>, the best one first; of equal ones that which was found first.</returns>
    /// <exception cref="ArgumentException">A span has another length, a source is too long, there is something that the model does not
    /// read, or an output is not a number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary, or <paramref name="cap"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">Another thread is in the search.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public IReadOnlyList<Hypothesis> Search(in SequenceBatch start, int startToken, int endToken, int cap)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cap, 1);
        fed.CheckEnd(endToken);
        fed.CheckStart(startToken);
        using var held = use.Hold(this);
        Start(in start);
        var beam = new Beam(options.Width, options.LengthPenalty, endToken, cap);
        fed.Fill(Repeated(options.Feedback is { } beside ? beside.Tokens.Span : []), read, startToken);
        while (!beam.IsOver)
        {
            generator.StepAny(x, read, outputs);
            for (var row = 0; row < beam.Count; row++)
            {
                var scores = outputs.AsSpan((row * TModel.Info.OutputSize) + fed.Offset, fed.Size);
                LogProbabilities.Of(scores, logs, TModel.Info.SoftmaxOutput);
                beam.Offer(row, logs);
            }

            beam.Advance(rows, tokens);
            for (var row = 0; row < tokens.Length; row++)
            {
                read[(row * fed.Stride) + fed.Input] = tokens[row];
            }

            generator.Arrange(rows);
        }

        return beam.Best();
    }

    /// <summary>Gives the memory back to the pool and ends the threads. Once is enough; the second time does nothing.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in the search: it goes on, and nothing was disposed of.</exception>
    public void Dispose()
    {
        if (use.EnterLast(this))
        {
            generator.Dispose();
        }
    }

    /// <summary>As many sequences as can be followed begin with the same.</summary>
    private void Start(in SequenceBatch start)
    {
        if (start.SourceLengths.Length > 1)
        {
            throw new ArgumentException($"SourceLengths: expected one source, got {start.SourceLengths.Length}.", nameof(start));
        }

        int[] lengths = TModel.Info.Source is not { } source ? []
            : [.. Enumerable.Repeat(
                start.SourceLengths is [var length] ? length
                    : source.VectorSize > 0 ? start.SourceX.Length / source.VectorSize : start.SourceTokens.Length / source.TokenCount,
                options.Width)];
        generator.Start(new SequenceBatch
        {
            Condition = Repeated(start.Condition),
            SourceX = Repeated(start.SourceX),
            SourceTokens = Repeated(start.SourceTokens),
            SourceLengths = lengths,
            X = start.X,
            Tokens = start.Tokens,
            Present = start.Present,
            Targets = start.Targets,
            TargetTokens = start.TargetTokens,
            Weights = start.Weights,
            Lengths = start.Lengths,
        });
    }

    private T[] Repeated<T>(ReadOnlySpan<T> values)
    {
        var repeated = new T[checked(values.Length * options.Width)];
        for (var i = 0; i < options.Width; i++)
        {
            values.CopyTo(repeated.AsSpan(i * values.Length));
        }

        return repeated;
    }
}
