using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Allocation;

/// <summary>Trainers with every optimizer, clipping included, and what else is called again and again.</summary>
internal static class TrainingCases
{
    private const int Steps = 9;
    private const int Batch = 5;

    private static readonly (string Name, Func<Optimizer> Create)[] Optimizers =
    [
        ("Sgd", () => new Sgd(1e-3f, momentum: 0.9f)),
        ("Adam", () => new Adam()),
        ("AdamW", () => new AdamW()),
    ];

    public static IEnumerable<SteadyState> All =>
    [
        .. from optimizer in Optimizers
           from threads in (int[])[1, 3]
           from state in (SteadyState[])
           [
               Tokens(new EmbeddedText(), optimizer.Name, optimizer.Create, threads),
               Tokens(new OneHotText(), optimizer.Name, optimizer.Create, threads),
               Tokens(new NormalisedText(), optimizer.Name, optimizer.Create, threads),
               Vectors(optimizer.Name, optimizer.Create, threads),
           ]
           select state,
        ByHand(threads: 1),
        ByHand(threads: 3),
        Loss(threads: 1),
        Loss(threads: 3),
    ];

    private static SteadyState Tokens<TModel>(TModel model, string name, Func<Optimizer> optimizer, int threads)
        where TModel : class, IModel<TModel>
    {
        var tokens = Experiment.Random(TModel.Info, Steps, Batch, seed: 1).Tokens;
        var targets = TestTargets.Random(TModel.Info, Steps * Batch, seed: 2).Tokens;
        return new($"Training {TModel.Info.Name} with {name}, {threads} threads", () =>
        {
            var trainer = new Trainer<TModel>(model, Options(optimizer(), threads));
            return (trainer, () => trainer.Step(tokens, targets));
        });
    }

    private static SteadyState Vectors(string name, Func<Optimizer> optimizer, int threads)
    {
        var x = Experiment.Random(DenseInTheMiddle.Info, Steps, Batch, seed: 1).X;
        var targets = TestTargets.Random(DenseInTheMiddle.Info, Steps * Batch, seed: 2).Vectors;
        return new($"Training {nameof(DenseInTheMiddle)} with {name}, {threads} threads", () =>
        {
            var trainer = new DenseInTheMiddle().CreateTrainer(Options(optimizer(), threads));
            return (trainer, () => trainer.Step(x, targets));
        });
    }

    private static SteadyState ByHand(int threads)
    {
        var experiment = Experiment.Random(MixedStack.Info, Steps, Batch, seed: 1);
        var y = new float[experiment.DOutput.Length];
        var dX = new float[experiment.X.Length];
        return new($"Passes forward and backward by hand, {threads} threads", () =>
        {
            var bptt = new Bptt<MixedStack>(new MixedStack(), new() { BatchSize = Batch, SequenceLength = Steps, Threads = threads });
            return (bptt, () =>
            {
                bptt.ClearGradients();
                bptt.SetState(0, 0, experiment.States[0][0]);
                bptt.Forward(experiment.X, y);
                bptt.SetStateGradient(0, 0, experiment.DStates[0][0]);
                bptt.Backward(experiment.DOutput);
                bptt.GetInputGradient(dX);
            }
            );
        });
    }

    private static SteadyState Loss(int threads)
    {
        var tokens = Experiment.Random(EmbeddedText.Info, Steps, Batch, seed: 1).Tokens;
        var targets = TestTargets.Random(EmbeddedText.Info, Steps * Batch, seed: 2).Tokens;
        return new($"Measuring a loss, {threads} threads", () =>
        {
            var evaluator =
                new Evaluator<EmbeddedText>(new EmbeddedText(), new() { BatchSize = Batch, SequenceLength = Steps, Threads = threads });
            return (evaluator, () => evaluator.LossSum(tokens, targets));
        });
    }

    private static TrainerOptions Options(Optimizer optimizer, int threads) => new()
    {
        BatchSize = Batch,
        SequenceLength = Steps,
        Optimizer = optimizer,
        ClipNorm = 0.5f,
        Threads = threads,
    };
}
