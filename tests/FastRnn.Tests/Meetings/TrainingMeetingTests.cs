using FastRnn.Data;
using FastRnn.Diagnostics;
using FastRnn.Tests.Files;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Meetings;

/// <summary>Two threads in a trainer, a loop, an evaluator, a backpropagation and an inspector.</summary>
public sealed class TrainingMeetingTests : IDisposable
{
    private const int Steps = 6;
    private const int Batch = 3;
    private static readonly int[] Tokens = [.. Enumerable.Range(0, Steps * Batch).Select(i => i * 5 % 19)];
    private static readonly int[] Labels = [.. Enumerable.Range(0, Steps * Batch).Select(i => i * 3 % 7)];
    private static readonly RunOptions Options = new() { BatchSize = Batch, SequenceLength = Steps, Threads = 1 };
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void In_a_trainer(int threads)
    {
        var (from, to, seen) = (folder.File("from"), folder.File("to"), folder.File("seen"));
        using (var first = Trainer(threads))
            first.Save(from);
        new Meeting<Trainer<NormalisedText>>(
            () => Trainer(threads),
            trainer =>
            {
                trainer.Restore(from);
                File.Delete(to);
            },
            trainer =>
            {
                trainer.Save(seen);
                return Digest.OfFile(seen);
            },
            ("Step", trainer => $"{trainer.Step(Tokens, Labels)}"),
            ("Step(batch)", trainer => $"{trainer.Step(Some())}"),
            ("Accumulate", trainer => $"{trainer.Accumulate(Some())}"),
            ("Update", trainer => $"{trainer.Update()}"),
            ("ResetState", trainer =>
            {
                trainer.ResetState();
                return "done";
            }
        ),
            ("Save", trainer =>
            {
                trainer.Save(to);
                return Digest.OfFile(to);
            }
        ),
            ("Restore", trainer => $"{trainer.Restore(from).Count}")).Run(seed: 20 + threads);
    }

    [Fact]
    public void In_a_training_loop()
    {
        var checkpoint = folder.File("checkpoint");
        new LoopOfText(checkpoint).Loop.Run();
        new Meeting<LoopOfText>(
            () => new LoopOfText(),
            loop => loop.Renew(),
            loop => $"{Digest.Of(loop.Trainer.Model.Parameters)} after {loop.Trainer.StepCount}",
            ("Run", loop => $"{loop.Loop.Run().Steps}"),
            ("Resume", loop => $"{loop.Loop.Resume(checkpoint).Count}")).Run(seed: 23);
    }

    [Fact]
    public void In_an_evaluator()
    {
        var model = new NormalisedText(seed: 4);
        new Meeting<Evaluator<NormalisedText>>(
            () => model.CreateEvaluator(Options),
            evaluator => evaluator.ResetState(),
            evaluator => $"{evaluator.LossSum(Tokens, Labels):r}",
            ("LossSum", evaluator => $"{evaluator.LossSum(Tokens, Labels):r}"),
            ("Evaluate", evaluator => $"{evaluator.Evaluate(Some())}"),
            ("ResetState", evaluator =>
            {
                evaluator.ResetState();
                return "done";
            }
        )).Run(seed: 24);
    }

    [Fact]
    public void In_a_backpropagation()
    {
        var model = new NormalisedText(seed: 4);
        var dY = Experiment.Numbers(new Random(5), Steps * Batch * 7, 1);
        new Meeting<Bptt<NormalisedText>>(
            () => new(model, Options),
            bptt =>
            {
                bptt.ClearGradients();
                bptt.Forward(Tokens, new float[Steps * Batch * 7]);
            },
            bptt => Digest.Of(bptt.Gradients),
            ("Forward", bptt =>
            {
                var y = new float[Steps * Batch * 7];
                bptt.Forward(Tokens, y);
                return Digest.Of(y);
            }
        ),
            ("Backward", bptt =>
            {
                bptt.Backward(dY);
                return "done";
            }
        ),
            ("ClearGradients", bptt =>
            {
                bptt.ClearGradients();
                return "done";
            }
        )).Run(seed: 25);
    }

    [Fact]
    public void In_an_inspector()
    {
        var model = new NormalisedText(seed: 4);
        new Meeting<Inspector<NormalisedText>>(
            () => new(model, Options),
            inspector => inspector.Forward(Tokens),
            inspector => State(inspector, 2),
            ("Forward", inspector =>
            {
                inspector.Forward(Tokens.AsSpan(0, 4 * Batch));
                return "done";
            }
        ),
            ("GetState", inspector => State(inspector, 4)),
            ("Backward", inspector =>
            {
                inspector.Backward(new float[Steps * Batch * 7]);
                return "done";
            }
        )).Run(seed: 26);
    }

    private static string State(Inspector<NormalisedText> inspector, int step)
    {
        var state = new float[Batch * 18];
        inspector.GetState(0, 0, step, state);
        return Digest.Of(state);
    }

    private static SequenceBatch Some() =>
        new() { Tokens = Tokens.AsSpan(0, 7), TargetTokens = Labels.AsSpan(0, 7), Lengths = [4, 1, 2] };

    private static Trainer<NormalisedText> Trainer(int threads) => new NormalisedText(seed: 4).CreateTrainer(
        new() { BatchSize = Batch, SequenceLength = Steps, Optimizer = new Adam(0.01f), Threads = threads });

    /// <summary>A loop is used once: a beginning is another one.</summary>
    private sealed class LoopOfText
    {
        private readonly string? checkpoint;

        public LoopOfText(string? checkpoint = null)
        {
            this.checkpoint = checkpoint;
            Trainer = Trainer(threads: 1);
            Loop = null!;
            Make();
        }

        public Trainer<NormalisedText> Trainer { get; private set; }

        public TrainingLoop<NormalisedText> Loop { get; private set; }

        public void Renew()
        {
            Trainer.Dispose();
            Trainer = Trainer(threads: 1);
            Make();
        }

        private void Make() => Loop = Trainer.CreateLoop(
            new OneBatch(), new() { Steps = 4, CheckpointPath = checkpoint });
    }
}
