using System.Diagnostics;

using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Benchmarks.Learning;

/// <summary>The run that <c>learning_reference.py</c> of the tests does with PyTorch: the same streams, windows, optimizer and
/// validation.</summary>
internal sealed class LearningRun : IDisposable
{
    /// <summary>Sequences learned side by side.</summary>
    public const int Streams = 64;

    /// <summary>Characters of a step.</summary>
    public const int Steps = 64;

    private const int ValidationStreams = 16;
    private readonly ContiguousStreams training;
    private readonly ContiguousStreams validation;
    private readonly Trainer<CharacterModel> trainer;
    private readonly Evaluator<CharacterModel> evaluator;
    private readonly int threads;
    private readonly int[] inputs = new int[Streams * Steps];
    private readonly int[] targets = new int[Streams * Steps];

    /// <summary>Prepares a run.</summary>
    /// <param name="tokens">The text: the first nine tenths to learn from, the rest to validate.</param>
    /// <param name="seed">Of the first weights.</param>
    /// <param name="threads">0 is all processors.</param>
    public LearningRun(ReadOnlyMemory<int> tokens, int seed, int threads)
    {
        var split = TrainValidationSplit.Of(tokens);
        training = new ContiguousStreams(split.Training, Streams, Steps);
        validation = new ContiguousStreams(split.Validation, ValidationStreams, Steps, keepRemainder: true);
        this.threads = threads;
        Model = new CharacterModel(seed);
        trainer = new Trainer<CharacterModel>(Model, new TrainerOptions
        {
            BatchSize = Streams,
            SequenceLength = Steps,
            Optimizer = new Adam(2e-3f),
            ClipNorm = 5,
            Threads = threads,
        });
        evaluator = CreateEvaluator(new());
    }

    /// <summary>What learns.</summary>
    public CharacterModel Model { get; }

    /// <summary>Trains, and validates after some of the steps.</summary>
    public IEnumerable<LearningPoint> Run(int steps, IReadOnlySet<int> marks)
    {
        var elapsed = TimeSpan.Zero;
        for (var step = 1; step <= steps; step++)
        {
            elapsed += Advance(1);
            if (marks.Contains(step) || step == steps)
            {
                double? reference = PyTorchReference.Losses.TryGetValue(step, out var loss) ? loss : null;
                yield return new LearningPoint(step, Validate(), elapsed.TotalSeconds, reference);
            }
        }
    }

    /// <summary>Trains some steps more.</summary>
    /// <returns>How long they took.</returns>
    public TimeSpan Advance(int steps)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var step = 0; step < steps; step++)
        {
            training.Next(inputs, targets, out var beginsEpoch);
            if (beginsEpoch)
            {
                trainer.ResetState();
            }

            trainer.Step(inputs, targets);
        }

        return Stopwatch.GetElapsedTime(begin);
    }

    /// <summary>The loss of the text that is not learned, in nats a character.</summary>
    public double Validate() => Validate(evaluator);

    /// <summary>The same with the weights as they are now, in a format.</summary>
    public double Validate(RunOptions weights)
    {
        using var rounded = CreateEvaluator(weights);
        return Validate(rounded);
    }

    /// <summary>A window of that text, <c>[T, B]</c>.</summary>
    public int[] ValidationInputs(int window)
    {
        var steps = validation.Window(window, inputs, targets);
        return inputs[..(steps * ValidationStreams)];
    }

    public void Dispose()
    {
        trainer.Dispose();
        evaluator.Dispose();
        Model.Dispose();
    }

    private Evaluator<CharacterModel> CreateEvaluator(RunOptions weights) =>
        new(Model, weights with { BatchSize = ValidationStreams, SequenceLength = Steps, Threads = threads });

    private double Validate(Evaluator<CharacterModel> by)
    {
        by.ResetState();
        var sum = 0.0;
        for (var window = 0; window < validation.WindowCount; window++)
        {
            var positions = validation.Window(window, inputs, targets) * ValidationStreams;
            sum += by.LossSum(inputs.AsSpan(0, positions), targets.AsSpan(0, positions));
        }

        return sum / validation.PositionCount;
    }
}
