using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Parameters;

namespace FastRnn.Samples.Reversal;

/// <summary>Sequences of one length, side by side.</summary>
internal sealed class ReversalBatch(int length, int batchSize)
{
    private readonly int steps = ReversalTask.DecoderSteps(length);
    private readonly int[] source = new int[length * batchSize];
    private readonly int[] tokens = new int[ReversalTask.DecoderSteps(length) * batchSize];
    private readonly int[] targets = new int[ReversalTask.DecoderSteps(length) * batchSize];
    private readonly int[] said = new int[ReversalTask.DecoderSteps(length) * batchSize];
    private readonly int[] saidLengths = new int[batchSize];

    /// <summary>For a trainer: what the encoder reads, what the decoder reads, what it should say.</summary>
    public SequenceBatch Lesson => new() { SourceTokens = source, Tokens = tokens, TargetTokens = targets };

    /// <summary>For a generator: what the encoder reads.</summary>
    public SequenceBatch Question => new() { SourceTokens = source };

    public void Draw(RandomSource random) => ReversalTask.Fill(random, length, batchSize, source, tokens, targets);

    /// <summary>Lets a generator that has read <see cref="Question"/> answer.</summary>
    /// <returns>For each sequence how many symbols stand where they should, END among them.</returns>
    public IEnumerable<int> CountRight<TModel>(SequenceGenerator<TModel> generator)
        where TModel : class, IModel<TModel>
    {
        generator.Generate(ReversalTask.Start, ReversalTask.End, said, saidLengths);
        return Enumerable.Range(0, batchSize)
            .Select(row => Enumerable.Range(0, steps).Count(t => Said(t, row) == targets[t * batchSize + row]));
    }

    private int? Said(int t, int row) => t < saidLengths[row] ? said[row * steps + t] : t == saidLengths[row] ? ReversalTask.End : null;
}
