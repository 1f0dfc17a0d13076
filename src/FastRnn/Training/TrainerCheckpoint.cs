using System.Globalization;

using FastRnn.Execution;
using FastRnn.Files;

namespace FastRnn.Training;

/// <summary>Everything that a trainer must remember to go on with the same bits, as a file.</summary>
internal static class TrainerCheckpoint
{
    private const string OptimizerKey = "fastrnn.optimizer";

    /// <summary>Whether states go on, or sequences begin: with learned first states that is a difference.</summary>
    private const string HasStateKey = "fastrnn.has_state";
    /// <summary>What classes or positive targets count; files of earlier versions do not say it.</summary>
    private const string LossWeightsKey = "fastrnn.loss_weights";

    /// <summary>What groups of parameters change; nothing in files without it.</summary>
    private const string GroupsKey = "fastrnn.groups";
    private const string LearningRateName = "trainer.learning_rate";
    private const string StepName = "trainer.step";
    private const string ParametersName = "trainer.parameters";

    public static void Save(
        string path,
        RecordedRun run,
        ParameterUpdate update,
        long step,
        bool hasState,
        Dictionary<string, string> texts,
        IReadOnlyList<TensorData> others)
    {
        // Each rank has carried on its own streams.
        if (hasState)
        {
            run.Chain?.ShareStates();
        }

        var seen = run.Runner.Model.Changes.BeginRead();
        var tensors = new List<TensorData>
        {
            new(StepName, new[] { step }, 1),
            new(LearningRateName, new[] { update.Optimizer.LearningRate }, 1),
            Finite(ParametersName, run.Runner.Model.Parameters.ToArray(), run.Runner.Info.ParameterCount),
        };
        run.Runner.Model.Changes.EndRead(seen);
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
        texts[OptimizerKey] = update.Optimizer.Kind;
        texts[OptimizerNumbers.MetadataKey] = OptimizerNumbers.ToText(update.Optimizer);
        texts[HasStateKey] = hasState ? "1" : "0";
        texts[LossWeightsKey] = LossWeights(run);
        texts.Remove(GroupsKey);
        if (update.Ranges.Text.Length > 0)
        {
            texts[GroupsKey] = update.Ranges.Text;
        }

        RankCheck.Write(run.Chain?.Group, path, () => Checkpoint.Save(path, run.Runner.Info, tensors, texts));
    }

    /// <summary>Reads everything before it changes anything.</summary>
    /// <param name="checkpoint">The file.</param>
    /// <param name="run">Receives parameters and states.</param>
    /// <param name="update">Receives moments and the optimizer's numbers.</param>
    /// <param name="carries">Whether states of the file would be gone on with.</param>
    public static (long Step, bool HasState, IReadOnlyDictionary<string, string> Metadata) Restore(
        Checkpoint checkpoint, RecordedRun run, ParameterUpdate update, bool carries)
    {
        var path = checkpoint.Path;
        var step = ReadStep(checkpoint, path);
        var kind = checkpoint.Text(OptimizerKey);
        if (kind != update.Optimizer.Kind)
        {
            throw new ModelFileException(path, $"it belongs to another optimizer: expected {update.Optimizer.Kind}, got '{kind}'");
        }

        CheckOptions(checkpoint.Metadata, run, update, path);
        var learningRate = checkpoint.ReadFinite(LearningRateName, 1)[0];
        if (learningRate < 0)
        {
            throw new ModelFileException(
                path, $"{LearningRateName}: expected a number from 0 on, got {learningRate.ToString(CultureInfo.InvariantCulture)}");
        }

        if (checkpoint.Contains(MomentName(update.MomentCount)))
        {
            throw new ModelFileException(path, $"expected an optimizer with {update.MomentCount} moments, got one with more");
        }

        var numbers = checkpoint.Metadata.TryGetValue(OptimizerNumbers.MetadataKey, out var text)
            ? OptimizerNumbers.Parse(text, update.Optimizer, path)
            : null;
        var parameters = checkpoint.ReadFinite(ParametersName, run.Runner.Info.ParameterCount);
        var moments = Enumerable.Range(0, update.MomentCount)
            .Select(i => checkpoint.ReadFinite(MomentName(i), run.Runner.Info.ParameterCount)).ToArray();
        CheckSquares(update.Optimizer.HasSquares ? moments : [], path);
        var (states, hasState) = ReadStates(checkpoint, path, run, carries);

        var change = run.Runner.Model.Changes.BeginChange();
        try
        {
            var metadata = checkpoint.Metadata;
            if (OptimizerNumbers.Restore(update.Optimizer, learningRate, numbers, path) is { } replaced)
            {
                metadata = new Dictionary<string, string>(metadata, StringComparer.Ordinal) { [OptimizerNumbers.ReplacedKey] = replaced };
            }

            parameters.CopyTo(run.Runner.Model.Parameters);
            run.Runner.Model.Pack();
            for (var i = 0; i < moments.Length; i++)
            {
                moments[i].CopyTo(update.Moment(i));
            }

            run.States.Clear(0);
            foreach (var (layer, state, values) in states)
            {
                run.States.Write(layer, state, values);
            }

            RankCheck.OfCheckpoint(run, update, step);
            return (step, hasState, metadata);
        }
        finally
        {
            run.Runner.Model.Changes.EndChange(change);
        }
    }

    /// <summary>Steps done.</summary>
    public static long ReadStep(Checkpoint checkpoint, string path)
    {
        if (!checkpoint.Contains(StepName))
        {
            throw new ModelFileException(path, $"it is no trainer's checkpoint: tensor '{StepName}' is missing");
        }

        var step = new long[1];
        checkpoint.Read(StepName, step);
        return step[0] >= 0
            ? step[0]
            : throw new ModelFileException(
                path, $"{StepName}: expected a number from 0 on, got {step[0].ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>What of a trainer's options would make another run of it.</summary>
    private static void CheckOptions(IReadOnlyDictionary<string, string> texts, RecordedRun run, ParameterUpdate update, string path)
    {
        if (texts.TryGetValue(LossWeightsKey, out var weights))
        {
            Compare("weights of classes or positive targets", "ClassWeights or PositiveWeights", LossWeights(run), weights);
        }

        Compare("groups of parameters", "Groups", update.Ranges.Text, texts.GetValueOrDefault(GroupsKey, ""));

        void Compare(string what, string option, string expected, string got)
        {
            if (expected != got)
            {
                throw new ModelFileException(path, $"it belongs to a run with other {what}: expected {Say(expected)}, got {Say(got)}: "
                    + $"give the trainer the {option} of that run");
            }
        }

        static string Say(string text) => text.Length == 0 ? "none" : $"'{text}'";
    }

    private static string LossWeights(RecordedRun run) =>
        string.Join(' ', run.Runner.Sizes.LossWeights.Select(weight => weight.ToString("r", CultureInfo.InvariantCulture)));

    /// <summary>The second moment is a mean of squares.</summary>
    private static void CheckSquares(float[][] moments, string path)
    {
        var bad = moments.Length > 1 ? Array.FindIndex(moments[1], v => v < 0) : -1;
        if (bad >= 0)
        {
            throw new ModelFileException(path, string.Create(
                CultureInfo.InvariantCulture, $"{MomentName(1)}: element {bad}: expected a number from 0 on, got {moments[1][bad]}"));
        }
    }

    /// <summary>The carried states, as many as there are streams; none, where nothing would go on with them.</summary>
    private static (List<(int Layer, int State, float[] Values)> States, bool HasState) ReadStates(
        Checkpoint checkpoint, string path, RecordedRun run, bool carries)
    {
        var states = States(run.Runner.Info).ToList();
        var (info, batch) = (run.Runner.Info, (long)run.Runner.Sizes.Batch);
        var got = states.Count == 0 ? batch : checkpoint.Shape(states[0].Name) is { Count: > 0 } shape ? shape[0] : 0;
        var read = states.Select(s => (s.Layer, s.State,
            Values: checkpoint.ReadFinite(s.Name, got, info.Layers[s.Layer].States[s.State].Size))).ToList();

        var hasText = checkpoint.Metadata.TryGetValue(HasStateKey, out var text);
        if (hasText && text is not ("0" or "1"))
        {
            throw new ModelFileException(path, $"metadata '{HasStateKey}': expected 0 or 1, got '{text}'");
        }

        // Files of 0.1.0 have no numbers of the optimizer.
        var isToday = checkpoint.Metadata.ContainsKey(OptimizerNumbers.MetadataKey);
        if (text == "0" && isToday && read.Any(state => state.Values.AsSpan().ContainsAnyExcept(0f)))
        {
            throw new ModelFileException(path, $"metadata '{HasStateKey}': expected 1, as there are states that are not 0, got 0");
        }

        // Of a model whose sequences begin with zeros those versions went on with the states of the file, whatever the text said.
        var beginsWithZeros = run.Runner.Workspace.Steps.All(step => step.BeginsWithZeros);
        var hasState = carries && (text == "1" || (beginsWithZeros && !(isToday && hasText)));
        if (got != batch && hasState)
        {
            throw new ModelFileException(path, string.Create(
                CultureInfo.InvariantCulture,
                $"batch size: it carries the states of {got} streams, expected {batch}: give the trainer BatchSize = {got}, "
                    + $"or CarryState = false"));
        }

        return hasState ? (read, true) : ([], false);
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
