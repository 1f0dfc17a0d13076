using FastRnn.Data;
using FastRnn.Diagnostics;
using FastRnn.Testing;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Diagnostics;

/// <summary>The gradient of every state at every step.</summary>
public sealed class GradientFlowTests
{
    private const int Steps = 7;
    private const int Batch = 3;

    [Fact]
    public void Every_step_has_the_gradient_of_the_equations()
    {
        // The outputs are the states h: the gradient of h_t is what later steps hand back, and dY of step t - 1.
        var experiment = Experiment.Random(InspectedLstm.Info, Steps, Batch, seed: 1);
        var model = Model<InspectedLstm>(new(seed: 1), experiment);
        var oracle = new ReferenceModel(InspectedLstm.Info, Array.ConvertAll(experiment.Parameters, p => (double)p));
        using var inspector = Backward(model, experiment);
        for (var t = 0; t <= Steps; t++)
        {
            var states = StatesAfter(oracle, experiment, t);
            for (var s = 0; s < 2; s++)
            {
                var got = new float[Batch * 5];
                inspector.GetGradient(0, s, t, got);
                for (var row = 0; row < Batch; row++)
                {
                    for (var unit = 0; unit < 5; unit++)
                    {
                        var direct = s == 0 && t > 0 ? experiment.DOutput[((t - 1) * Batch + row) * 5 + unit] : 0;
                        var later = FiniteDifferences.Partial(_ => LossOfRest(oracle, experiment, t, states), states[0][s][row], unit);
                        Assert.Equal(direct + later, got[row * 5 + unit], 1e-5);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(Steps, Batch)]
    [InlineData(33, 17)]
    public void The_gradient_of_the_first_states_has_the_bits_of_a_pass_in_one_piece(int steps, int batch) =>
        HasTheBitsOfOnePiece(new InspectedStack(seed: 1), steps, batch);

    [Fact]
    public void So_has_that_of_cells_of_several_phases_and_of_sums_along_a_vector()
    {
        HasTheBitsOfOnePiece(new GruResetBefore_L2(seed: 1), Steps, Batch);
        HasTheBitsOfOnePiece(new Jordan_L2(seed: 1), Steps, Batch);
        HasTheBitsOfOnePiece(new LayerNormLstm_L2(seed: 1), Steps, Batch);
    }

    /// <summary>Its first state is its last: whatever was set as the gradient of that, and nothing of the pass before.</summary>
    [Fact]
    public void A_sequence_without_steps_hands_back_what_it_was_given()
    {
        var experiment = Experiment.Random(InspectedStack.Info, Steps, Batch, seed: 4);
        using var inspector = Backward(Model<InspectedStack>(new(seed: 1), experiment), experiment);
        inspector.Forward(new SequenceBatch { X = experiment.X.AsSpan(0, 5 * InspectedStack.Info.InputSize), Lengths = [2, 0, 3] });
        EachState<InspectedStack>((l, s) => inspector.SetStateGradient(l, s, experiment.DStates[l][s]));
        inspector.Backward(experiment.DOutput.AsSpan(0, 5 * InspectedStack.Info.OutputSize));
        EachState<InspectedStack>((l, s) =>
        {
            var given = experiment.DStates[l][s];
            var (size, got) = (given.Length / Batch, new float[given.Length]);
            inspector.GetGradient(l, s, 0, got);
            Bits.AssertSame($"state {s} of layer {l}", given.AsSpan(size, size), got.AsSpan(size, size));
            Assert.Equal(Math.Sqrt(got.Sum(v => (double)v * v)), inspector.GradientNorm(l, s, 0), 1e-12);
            inspector.GetGradient(l, s, 1, got);
            Assert.All(got[size..(2 * size)], v => Assert.Equal(0, v));
        });
    }

    [Fact]
    public void Along_an_open_forget_gate_the_gradient_stays_the_same_over_1000_steps_and_the_simple_cell_loses_it()
    {
        const int Long = 1000;
        var lstm = new InspectedLstm(seed: 1);
        using (var edit = lstm.Edit())
        {
            edit.Parameter(0, "bf").Fill(25);
            edit.Parameter(0, "bi").Fill(-25);
        }

        var x = Experiment.Numbers(new Random(3), Long * 3, 1);
        using var gated = new Inspector<InspectedLstm>(lstm, new() { BatchSize = 1, SequenceLength = Long });
        gated.Forward(x);
        gated.SetStateGradient(0, 1, [1, 0, 0, 0, 0]);
        gated.Backward(new float[Long * 5]);
        Assert.Equal(1, gated.GradientNorm(0, 1, Long));
        Assert.All(Enumerable.Range(0, Long), t => Assert.Equal(1, gated.GradientNorm(0, 1, t), 1e-3));

        using var simple = new Inspector<InspectedElman>(new InspectedElman(seed: 1), new() { BatchSize = 1, SequenceLength = Long });
        simple.Forward(x.AsSpan(0, Long * 2));
        simple.SetStateGradient(0, 0, [1, 0, 0, 0]);
        simple.Backward(new float[Long * 4]);
        Assert.InRange(simple.GradientNorm(0, 0, 0), 0, 1e-12);
    }

    [Fact]
    public void The_loss_of_the_model_gives_its_own_gradients()
    {
        var model = new InspectedText(seed: 1);
        int[] tokens = [1, 2, 3, 4, 5, 6], targets = [2, 3, 4, 5, 6, 0];
        using var inspector = new Inspector<InspectedText>(model, new() { BatchSize = 2, SequenceLength = 3 });
        using var trainer = model.CreateTrainer(new() { BatchSize = 2, SequenceLength = 3, Threads = 1 });
        inspector.Forward(tokens);
        var loss = inspector.BackwardFromLoss(targets);
        Assert.True(inspector.GradientNorm(0, 0, 3) > 0);
        Assert.Equal(trainer.Step(tokens, targets).Loss, loss);
    }

    [Fact]
    public void States_are_those_of_a_session_fed_step_by_step()
    {
        var model = new InspectedOneHot(seed: 1);
        using var inspector = new Inspector<InspectedOneHot>(model, new() { BatchSize = 1, SequenceLength = 4 });
        using var session = model.CreateSession();
        int[] tokens = [4, 0, 2, 2];
        var (y, logits) = (new float[4 * 5], new float[5]);
        inspector.Forward(tokens, y);
        var (expected, got) = (new float[3], new float[3]);
        for (var t = 0; t < 4; t++)
        {
            session.Step(tokens[t], logits);
            session.GetState(0, 1, expected);
            inspector.GetState(0, 1, t + 1, got);
            Bits.AssertSame("c", expected, got);
            Bits.AssertSame("logits", logits, y.AsSpan(t * 5, 5));
        }
    }

    private static void HasTheBitsOfOnePiece<TModel>(TModel model, int steps, int batch)
        where TModel : class, IModel<TModel>
    {
        var experiment = Experiment.Random(TModel.Info, steps, batch, seed: 2);
        Model(model, experiment);
        using var inspector = Backward(model, experiment);
        using var bptt = new Bptt<TModel>(model, new() { BatchSize = batch, SequenceLength = steps, Threads = 1 });
        EachState<TModel>((l, s) => bptt.SetState(l, s, experiment.States[l][s]));
        bptt.Forward(experiment.X, new float[experiment.DOutput.Length]);
        EachState<TModel>((l, s) => bptt.SetStateGradient(l, s, experiment.DStates[l][s]));
        bptt.Backward(experiment.DOutput);
        EachState<TModel>((l, s) =>
        {
            var (expected, got) = (new float[experiment.States[l][s].Length], new float[experiment.States[l][s].Length]);
            bptt.GetStateGradient(l, s, expected);
            inspector.GetGradient(l, s, 0, got);
            Bits.AssertSame($"state {s} of layer {l} of {TModel.Info.Name}", expected, got);
            Assert.Equal(Math.Sqrt(got.Sum(v => (double)v * v)), inspector.GradientNorm(l, s, 0), 1e-12);
        });
    }

    internal static TModel Model<TModel>(TModel model, Experiment experiment)
        where TModel : class, IModel<TModel>
    {
        using (var edit = model.Store.Edit())
            experiment.Parameters.CopyTo(edit.Parameters);
        return model;
    }

    private static Inspector<TModel> Backward<TModel>(TModel model, Experiment experiment)
        where TModel : class, IModel<TModel>
    {
        var inspector = new Inspector<TModel>(model, new() { BatchSize = experiment.Batch, SequenceLength = experiment.Steps });
        EachState<TModel>((l, s) => inspector.SetState(l, s, experiment.States[l][s]));
        inspector.Forward(experiment.X);
        EachState<TModel>((l, s) => inspector.SetStateGradient(l, s, experiment.DStates[l][s]));
        inspector.Backward(experiment.DOutput);
        return inspector;
    }

    private static void EachState<TModel>(Action<int, int> action)
        where TModel : class, IModel<TModel>
    {
        for (var l = 0; l < TModel.Info.Layers.Count; l++)
        {
            for (var s = 0; s < TModel.Info.Layers[l].States.Count && TModel.Info.Layers[l].IsRecurrent; s++)
                action(l, s);
        }
    }

    private static double[][][] Rows(float[] values, int size, int begin, int end) =>
        [.. Enumerable.Range(begin, end - begin).Select(t => Enumerable.Range(0, Batch)
            .Select(row => values.AsSpan((t * Batch + row) * size, size).ToArray().Select(v => (double)v).ToArray()).ToArray())];

    private static double[][][][] StatesAfter(ReferenceModel oracle, Experiment experiment, int t)
    {
        double[][][][] states = [[.. experiment.States[0].Select(s => Rows(s, 5, 0, 1)[0])]];
        return t == 0 ? states : oracle.Run(Rows(experiment.X, 3, 0, t), states).States;
    }

    private static double LossOfRest(ReferenceModel oracle, Experiment experiment, int t, double[][][][] states)
    {
        double[][][] dStates = [.. experiment.DStates[0].Select(s => Rows(s, 5, 0, 1)[0])];
        if (t == Steps)
            return ReferenceLoss.Linear(states[0], dStates);
        var rest = oracle.Run(Rows(experiment.X, 3, t, Steps), states);
        return ReferenceLoss.Linear(rest.Outputs, Rows(experiment.DOutput, 5, t, Steps)) + ReferenceLoss.Linear(rest.States[0], dStates);
    }
}
