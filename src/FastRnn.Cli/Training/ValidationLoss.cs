using FastRnn.CompilerServices;
using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Cli.Training;

/// <summary>The mean loss over the part of a text that is not learned, read from its begin in contiguous streams.</summary>
internal sealed class ValidationLoss<TModel> : IDisposable
    where TModel : class, IModel<TModel>, ITokenModel
{
    private const int MostStreams = 16;

    /// <summary>Of a long text the first part is enough: the error of its mean is far below what one would compare.</summary>
    private const int MostTokens = 1 << 17;

    private readonly ContiguousStreams streams;
    private readonly Evaluator<TModel> evaluator;
    private readonly int[] inputs;
    private readonly int[] targets;

    public ValidationLoss(TModel model, ReadOnlyMemory<int> text, int sequenceLength, int threads)
    {
        var tokens = text[..Math.Min(text.Length, MostTokens)];
        streams = new ContiguousStreams(tokens, Math.Min(MostStreams, tokens.Length - 1), sequenceLength, keepRemainder: true);
        evaluator = new Evaluator<TModel>(
            model, new RunOptions { BatchSize = streams.BatchSize, SequenceLength = sequenceLength, Threads = threads });
        inputs = new int[streams.BatchSize * sequenceLength];
        targets = new int[inputs.Length];
    }

    /// <summary>Nats a byte.</summary>
    public double Measure()
    {
        evaluator.ResetState();
        var sum = 0.0;
        for (var window = 0; window < streams.WindowCount; window++)
        {
            var positions = streams.Window(window, inputs, targets) * streams.BatchSize;
            sum += evaluator.LossSum(inputs.AsSpan(0, positions), targets.AsSpan(0, positions));
        }

        return sum / streams.PositionCount;
    }

    public void Dispose() => evaluator.Dispose();
}
