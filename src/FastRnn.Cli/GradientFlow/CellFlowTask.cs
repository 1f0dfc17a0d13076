using FastRnn.Cli.Models;
using FastRnn.CompilerServices;
using FastRnn.Diagnostics;
using FastRnn.Inference;
using FastRnn.Training;

namespace FastRnn.Cli.GradientFlow;

/// <summary>Measures a cell, lets it learn to add for a while, and measures it again.</summary>
internal sealed class CellFlowTask(string cell, FlowRequest request, CancellationToken interrupt) : IVectorModelTask<CellFlow>
{
    private const int Batch = 20;
    private const int Radii = 20;
    private const float LearningRate = 5e-3f;
    private const float ClipNorm = 1;

    /// <summary>Training begins with an eighth of the length and doubles it: what is learned of short ways shows the long ones.</summary>
    private const int Stages = 4;

    /// <summary>Losses of so many steps are averaged.</summary>
    private const int LastSteps = 50;

    public CellFlow Run<TModel>(Func<int, TModel> create)
        where TModel : class, IModel<TModel>, IVectorModel
    {
        using var model = create(request.Seed);
        var before = Measure(model);
        if (request.Steps == 0)
        {
            return new CellFlow(cell, before, null, null, null);
        }

        var (error, problem) = Train(model);
        return new CellFlow(cell, before, problem is null ? Measure(model) : null, error, problem);
    }

    /// <summary>The derivative of the output after the last step: the same numbers for every cell.</summary>
    private FlowMeasurement Measure<TModel>(TModel model)
        where TModel : class, IModel<TModel>
    {
        var problem = new AddingProblem(request.Length, Batch, request.Seed);
        problem.Next();
        using var inspector = new Inspector<TModel>(model, new RunOptions { BatchSize = Batch, SequenceLength = request.Length });
        inspector.Forward(problem.X);
        var radii = new List<StepRadius>();
        for (var i = 1; i <= Math.Min(Radii, request.Length); i++)
        {
            interrupt.ThrowIfCancellationRequested();
            var step = i * request.Length / Math.Min(Radii, request.Length);
            var jacobian = inspector.Jacobian(0, step - 1, row: 0);
            radii.Add(new StepRadius(
                step, InspectorReading.Finite(jacobian.SpectralRadius()), InspectorReading.Finite(jacobian.LargestSingularValue())));
        }

        var gates = InspectorReading.Gates(inspector);
        var dY = new float[request.Length * Batch];
        dY.AsSpan(^Batch).Fill(1);
        inspector.Backward(dY);
        return new FlowMeasurement(InspectorReading.Flows(inspector), radii, gates);
    }

    private (double? Error, string? Problem) Train<TModel>(TModel model)
        where TModel : class, IModel<TModel>, IVectorModel
    {
        using var trainer = new Trainer<TModel>(model, new TrainerOptions
        {
            BatchSize = Batch,
            SequenceLength = request.Length,
            Optimizer = new Adam(LearningRate),
            ClipNorm = ClipNorm,
            CarryState = false,
        });
        using var session = new Session<TModel>(model, new RunOptions { BatchSize = Batch });
        var problem = new AddingProblem(2, Batch, request.Seed);
        var all = new float[request.Length * Batch];
        var losses = new Queue<double>();
        for (var step = 0; step < request.Steps; step++)
        {
            interrupt.ThrowIfCancellationRequested();
            var stage = (int)((long)step * Stages / request.Steps);
            var length = Math.Max(2, request.Length >> (Stages - 1 - stage));
            problem = problem.X.Length == length * Batch * 2 ? problem : new AddingProblem(length, Batch, unchecked(request.Seed + 1));
            problem.Next();

            // Where the target is the output itself there is no loss and no gradient: only the last step has one.
            session.Reset();
            var targets = all.AsSpan(0, length * Batch);
            session.Run(problem.X, targets);
            problem.Answers.CopyTo(targets[^Batch..]);
            try
            {
                losses.Enqueue(trainer.Step(problem.X, targets).Loss / Batch);
            }
            catch (NonFiniteLossException e)
            {
                return (null, $"{e.Message} {(e.ParametersAreLost ? "" : trainer.Explain(problem.X, targets).Message)}");
            }

            if (losses.Count > LastSteps)
            {
                losses.Dequeue();
            }
        }

        return (losses.Average(), null);
    }
}
