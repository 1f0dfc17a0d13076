using System.Globalization;

using FastRnn.Execution;
using FastRnn.Files;

namespace FastRnn.Training;

/// <summary>Everything that a trainer must remember to go on with the same bits, as a file.</summary>
internal static class TrainerCheckpoint
{
    private const string OptimizerKey = "fastrnn.optimizer";
    private const string LearningRateName = "trainer.learning_rate";
    private const string StepName = "trainer.step";
    private const string ParametersName = "trainer.parameters";

    public static void Save(
        string path,
        RecordedRun run,
        ParameterUpdate update,
        long step,
        IReadOnlyDictionary<string, string>? metadata,
        IReadOnlyList<TensorData> others)
    {
        var tensors = new List<TensorData>
        {
            new(StepName, new[] { step }, 1),
            new(LearningRateName, new[] { update.Optimizer.LearningRate }, 1),
            Finite(ParametersName, run.Runner.Model.Parameters.ToArray(), run.Runner.Info.ParameterCount),
        };
        for (var i = 0; i < update.MomentCount; i++)
        {
            tensors.Add(Finite(MomentName(i), update.Moment(i).ToArray(), run.Runner.Info.ParameterCount));
        }

        foreach (var (name, layer, state) in States(run.Runner.Info))
        {
            tensors.Add(
                Finite(name, ReadState(run, layer, state), run.Runner.Sizes.Batch, run.Runner.Info.Layers[layer].States[state].Size));
        }

        tensors.AddRange(others);
        var texts = metadata is null ? [] : new Dictionary<string, string>(metadata, StringComparer.Ordinal);
        texts[OptimizerKey] = update.Optimizer.Kind;
        Checkpoint.Save(path, run.Runner.Info, tensors, texts);
    }

    /// <summary>Reads everything before it changes anything.</summary>
    public static (long Step, IReadOnlyDictionary<string, string> Metadata) Restore(
        string path, RecordedRun run, ParameterUpdate update)
    {
        using var checkpoint = Checkpoint.Open(path, run.Runner.Info);
        var step = new long[1];
        checkpoint.Read(StepName, step);
        if (step[0] < 0)
        {
            throw new ModelFileException(
                path, $"{StepName}: expected a number from 0 on, got {step[0].ToString(CultureInfo.InvariantCulture)}");
        }

        var kind = checkpoint.Text(OptimizerKey);
        if (kind != update.Optimizer.Kind)
        {
            throw new ModelFileException(path, $"it belongs to another optimizer: expected {update.Optimizer.Kind}, got '{kind}'");
        }

        var learningRate = Finite(checkpoint, path, LearningRateName, 1)[0];
        if (learningRate < 0)
        {
            throw new ModelFileException(
                path, $"{LearningRateName}: expected a number from 0 on, got {learningRate.ToString(CultureInfo.InvariantCulture)}");
        }

        if (checkpoint.Contains(MomentName(update.MomentCount)))
        {
            throw new ModelFileException(path, $"expected an optimizer with {update.MomentCount} moments, got one with more");
        }

        var parameters = Finite(checkpoint, path, ParametersName, run.Runner.Info.ParameterCount);
        var moments = Enumerable.Range(0, update.MomentCount)
            .Select(i => Finite(checkpoint, path, MomentName(i), run.Runner.Info.ParameterCount)).ToArray();
        var states = States(run.Runner.Info)
            .Select(s => (s.Layer, s.State, Values: Finite(checkpoint, path, s.Name,
                run.Runner.Sizes.Batch * run.Runner.Info.Layers[s.Layer].States[s.State].Size))).ToArray();

        update.Optimizer.LearningRate = learningRate;
        parameters.CopyTo(run.Runner.Model.Parameters);
        for (var i = 0; i < moments.Length; i++)
        {
            moments[i].CopyTo(update.Moment(i));
        }

        foreach (var (layer, state, values) in states)
        {
            run.States.Write(layer, state, values);
        }

        return (step[0], checkpoint.Metadata);
    }

    /// <summary>A tensor to save: a file that could not be restored must not replace one that can be.</summary>
    private static TensorData Finite(string name, float[] values, params long[] shape)
    {
        var bad = ModelFile.IndexOfNotFinite(values);
        return bad < 0
            ? new TensorData(name, values, shape)
            : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"tensor '{name}', element {bad}: expected a finite number, got {values[bad]}; the file is as before"));
    }

    private static string MomentName(int index) => "trainer.moment" + index.ToString(CultureInfo.InvariantCulture);

    private static float[] Finite(Checkpoint checkpoint, string path, string name, int count)
    {
        var values = new float[count];
        checkpoint.Read(name, values);
        var bad = Array.FindIndex(values, v => !float.IsFinite(v));
        return bad < 0
            ? values
            : throw new ModelFileException(path, $"{name}: element {bad.ToString(CultureInfo.InvariantCulture)} is not a finite number");
    }

    private static IEnumerable<(string Name, int Layer, int State)> States(ModelInfo info) =>
        from layer in Enumerable.Range(0, info.Layers.Count)
        where info.Layers[layer].IsRecurrent
        from state in Enumerable.Range(0, info.Layers[layer].States.Count)
        select (string.Create(CultureInfo.InvariantCulture, $"trainer.state.l{layer}.{info.Layers[layer].States[state].Name}"), layer,
            state);

    private static float[] ReadState(RecordedRun run, int layer, int state)
    {
        var values = new float[run.Runner.Sizes.Batch * run.Runner.Info.Layers[layer].States[state].Size];
        run.States.Read(layer, state, values);
        return values;
    }
}
