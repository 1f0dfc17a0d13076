using FastRnn.Inference;
using FastRnn.Tests.Memory;
using FastRnn.Training;

namespace FastRnn.Tests.Models;

internal sealed class TestModel<TModel> : ITestModel
    where TModel : class, IModel<TModel>
{
    public string Name => Info.Name;

    public ModelInfo Info => TModel.Info;

    public static TModel Create(SimdWidth width) => (TModel)Activator.CreateInstance(typeof(TModel), 1, width)!;

    public Recording Backpropagate(Experiment experiment, SimdWidth width = SimdWidth.Auto, int threads = 1)
    {
        var options = new RunOptions { BatchSize = experiment.Batch, SequenceLength = experiment.Steps, Threads = threads };
        using var bptt = new Bptt<TModel>(Create(experiment, width), options);
        var states = Copies(experiment);
        var dStates = Copies(experiment);
        var y = Forward(bptt, experiment);
        EachState((layer, state) => bptt.GetState(layer, state, states[layer][state]));

        Backward(bptt, experiment);

        var dX = new float[Info.Input == InputKind.OneHot ? 0 : experiment.Steps * experiment.Batch * Info.InputSize];
        if (dX.Length > 0)
            bptt.GetInputGradient(dX);
        EachState((layer, state) => bptt.GetStateGradient(layer, state, dStates[layer][state]));
        return new Recording(y, states, bptt.Gradients.ToArray(), dX, dStates);
    }

    public float[] BackpropagateRowByRow(Experiment experiment, SimdWidth width = SimdWidth.Auto)
    {
        using var bptt =
            new Bptt<TModel>(Create(experiment, width), new() { BatchSize = 1, SequenceLength = experiment.Steps, Threads = 1 });
        for (var row = 0; row < experiment.Batch; row++)
        {
            var one = experiment.Rows(row, row + 1);
            Forward(bptt, one);
            Backward(bptt, one);
        }

        return bptt.Gradients.ToArray();
    }

    public Recording Infer(
        Experiment experiment, IReadOnlyList<int> calls, SimdWidth width = SimdWidth.Auto, int threads = 1,
        WeightFormat weights = WeightFormat.Float32)
    {
        var options = new RunOptions { BatchSize = experiment.Batch, Threads = threads, Weights = weights };
        using var session = new Session<TModel>(Create(experiment, width), options);
        EachState((layer, state) => session.SetState(layer, state, experiment.States[layer][state]));
        var (input, output) = (experiment.Batch * Info.InputSize, experiment.Batch * Info.OutputSize);
        var y = new float[experiment.Steps * output];
        var t = 0;
        foreach (var call in calls)
        {
            var steps = Math.Max(call, 1);
            var to = CallerMemory.Of(y).Slice(t * output, steps * output);
            if (experiment.ReadsTokens)
            {
                var tokens = CallerMemory.Of(experiment.Tokens).Slice(t * experiment.Batch, steps * experiment.Batch);
                if (call == 0)
                    session.Step(tokens, to);
                else
                    session.Run(tokens, to);
            }
            else
            {
                var x = CallerMemory.Of(experiment.X).Slice(t * input, steps * input);
                if (call == 0)
                    session.Step(x, to);
                else
                    session.Run(x, to);
            }

            t += steps;
        }

        CallerMemory.Take(y);
        Assert.Equal(experiment.Steps, t);
        var states = Copies(experiment);
        EachState((layer, state) => session.GetState(layer, state, states[layer][state]));
        return new Recording(y, states, [], [], []);
    }

    public (float[] Parameters, IReadOnlyList<TrainingResult> Results) Train(
        Experiment experiment, TestTargets targets, TrainerOptions options, int steps, SimdWidth width = SimdWidth.Auto)
    {
        var model = Create(experiment, width);
        using var trainer = new Trainer<TModel>(model, options);
        var results = new List<TrainingResult>();
        for (var step = 0; step < steps; step++)
            results.Add(trainer.Step(experiment.Inputs, targets.ForTraining));

        // What kernels read has followed, weight by weight, and is 0 behind the last unit, as in a model that has these parameters at once.
        var parameters = model.Store.Parameters.ToArray();
        var other = Create(parameters, width);
        Bits.AssertSame("packed weights", Panels(other), Panels(model));
        return (parameters, results);
    }

    private static unsafe float[] Panels(TModel model)
    {
        var (panels, store) = (new List<float>(), model.Store.Core);
        store.PrepareForward();
        store.PrepareBackward();
        for (var l = 0; l < TModel.Info.Layers.Count; l++)
        {
            var layout = TModel.Info.Layers[l].Layout;
            panels.AddRange(new ReadOnlySpan<float>(store.ForwardWeights(l), layout.Forward.Sum(panel => panel.Floats(store.Lanes))));
            panels.AddRange(new ReadOnlySpan<float>(store.BackwardWeights(l), layout.Backward.Sum(panel => panel.Floats(store.Lanes))));
        }

        return [.. panels];
    }

    private static TModel Create(Experiment experiment, SimdWidth width) => Create(experiment.Parameters, width);

    private static TModel Create(float[] parameters, SimdWidth width)
    {
        var model = Create(width);
        using (var edit = model.Store.Edit())
            parameters.CopyTo(edit.Parameters);
        return model;
    }

    private static float[] Forward(Bptt<TModel> bptt, Experiment experiment)
    {
        EachState((layer, state) => bptt.SetState(layer, state, experiment.States[layer][state]));
        var y = new float[experiment.Steps * experiment.Batch * TModel.Info.OutputSize];
        bptt.Forward(experiment.Inputs, CallerMemory.Of(y));
        CallerMemory.Take(y);
        return y;
    }

    private static void Backward(Bptt<TModel> bptt, Experiment experiment)
    {
        EachState((layer, state) => bptt.SetStateGradient(layer, state, experiment.DStates[layer][state]));
        bptt.Backward(CallerMemory.Of(experiment.DOutput));
    }

    private static float[][][] Copies(Experiment experiment) =>
        [.. experiment.States.Select(layer => layer.Select(state => new float[state.Length]).ToArray())];

    private static void EachState(Action<int, int> action)
    {
        for (var layer = 0; layer < TModel.Info.Layers.Count; layer++)
        {
            for (var state = 0; TModel.Info.Layers[layer].IsRecurrent && state < TModel.Info.Layers[layer].States.Count; state++)
                action(layer, state);
        }
    }
}
