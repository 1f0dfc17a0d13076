using System.Numerics.Tensors;
using System.Text;

using FastRnn.Cli.Corpus;
using FastRnn.Cli.Folders;
using FastRnn.Cli.Models;
using FastRnn.CompilerServices;
using FastRnn.Data;
using FastRnn.Diagnostics;
using FastRnn.Training;

namespace FastRnn.Cli.GradientFlow;

/// <summary>Looks into a byte-level model, a trained one or one that is trained for a moment, while it reads a text.</summary>
internal sealed class TextLookTask(FlowRequest request, ReadingText text, CancellationToken interrupt) : IByteModelTask<TextLook>
{
    private const int Batch = 64;
    private const int Window = 32;
    private const float LearningRate = 4e-3f;

    /// <summary>More would take too long for a look.</summary>
    private const int MostSteps = 800;

    private const int FlowRows = 16;
    private const int FlowSteps = 100;

    public TextLook Run<TModel>(Func<int, TModel> create)
        where TModel : class, IModel<TModel>, ITokenModel
    {
        CheckUnit(TModel.Info);
        var texts = default(IReadOnlyDictionary<string, string>);
        using var model = request.Model is { } path ? new ModelFolder(path).Load<TModel>(out texts) : create(request.Seed);
        var name = texts is null ? Train(model) : Loaded(model, texts);
        var tokens = ByteVocabulary.Encode(text.Bytes);
        using var inspector = new Inspector<TModel>(model, new RunOptions { SequenceLength = tokens.Length });
        inspector.Forward(tokens);
        var reading = new TextReading<TModel>(inspector, Encoding.Latin1.GetString(text.Bytes));
        var (layer, rows) = reading.GateRows();
        return new TextLook(
            name, text.Name, reading.GateText, layer, rows, InspectorReading.Gates(inspector), reading.NeuronText,
            reading.Neurons(request.Unit), Flows(model, tokens));
    }

    /// <summary>Makes of the logits of a step the gradient of its loss: the probabilities, less 1 at what follows.</summary>
    internal static void OutputGradient(Span<float> logits, int next)
    {
        // SoftMax itself takes no maximum off: above 88.7 its sum would overflow.
        TensorPrimitives.Subtract(logits, TensorPrimitives.Max<float>(logits), logits);
        TensorPrimitives.SoftMax(logits, logits);
        logits[next] -= 1;
    }

    private static void CheckLoaded(ModelInfo info, ReadOnlySpan<float> parameters)
    {
        if (parameters.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
        {
            throw CommandException.Failed($"the parameters of {info.Name} are no finite numbers: its training has diverged");
        }
    }

    private void CheckUnit(ModelInfo info)
    {
        if (request.Unit is { } unit
            && (unit.Layer >= info.Layers.Count || !info.Layers[unit.Layer].IsRecurrent
                || unit.Unit >= info.Layers[unit.Layer].States[^1].Size))
        {
            var (lastLayer, lastUnit) = (info.Layers.Count(l => l.IsRecurrent) - 1, info.Layers[0].States[^1].Size - 1);
            var expected = FormattableString.Invariant($"LAYER:UNIT with a layer from 0 to {lastLayer} and a unit from 0 to {lastUnit}");
            throw CommandException.Usage(FormattableString.Invariant($"--unit: expected {expected}, got '{unit.Layer}:{unit.Unit}'"));
        }
    }

    private string Loaded<TModel>(TModel model, IReadOnlyDictionary<string, string> texts)
        where TModel : class, IModel<TModel>
    {
        CheckLoaded(TModel.Info, model.Store.Parameters);
        var folder = new ModelFolder(request.Model!);
        var steps = texts.GetValueOrDefault("fastrnn.run.steps", "?");
        return $"{folder.Path} ({folder.ReadConfiguration().Cell}, {steps} steps)";
    }

    private string Train<TModel>(TModel model)
        where TModel : class, IModel<TModel>
    {
        var steps = Math.Min(request.Steps, MostSteps);
        var training = TrainingText.Read(null, Batch, Window);
        var streams = new ContiguousStreams(training.Parts.Training, Batch, Window);
        using var trainer = new Trainer<TModel>(model, new TrainerOptions
        {
            BatchSize = Batch,
            SequenceLength = Window,
            Optimizer = new Adam(LearningRate),
            ClipNorm = 5,
        });
        var (inputs, targets) = (new int[Batch * Window], new int[Batch * Window]);
        var loss = double.NaN;
        for (var step = 0; step < steps; step++)
        {
            interrupt.ThrowIfCancellationRequested();
            var positions = streams.Next(inputs, targets, out var beginsEpoch) * Batch;
            if (beginsEpoch)
            {
                trainer.ResetState();
            }

            try
            {
                loss = trainer.Step(inputs.AsSpan(0, positions), targets.AsSpan(0, positions)).LossPerPosition;
            }
            catch (NonFiniteLossException e)
            {
                throw new CommandException($"the model of text diverged. {e.Message}", ExitCodes.Diverged);
            }
        }

        return steps == 0
            ? "an LSTM of two layers that has learned nothing yet"
            : FormattableString.Invariant(
                $"an LSTM of two layers, trained on FastRnn's own sources for {steps} steps (loss {loss:f2} nats a byte)");
    }

    /// <summary>Several places of the text side by side; the loss is that of the byte that follows each.</summary>
    private static List<StateFlow> Flows<TModel>(TModel model, int[] tokens)
        where TModel : class, IModel<TModel>
    {
        var steps = Math.Min(FlowSteps, tokens.Length / 2);
        var rows = Math.Min(FlowRows, tokens.Length - steps);
        var (size, at) = (TModel.Info.OutputSize, new int[rows]);
        var inputs = new int[steps * rows];
        for (var row = 0; row < rows; row++)
        {
            at[row] = (int)((long)row * (tokens.Length - steps - 1) / Math.Max(1, rows - 1));
            for (var t = 0; t < steps; t++)
            {
                inputs[(t * rows) + row] = tokens[at[row] + t];
            }
        }

        using var inspector = new Inspector<TModel>(model, new RunOptions { BatchSize = rows, SequenceLength = steps });
        var y = new float[steps * rows * size];
        inspector.Forward(inputs, y);
        y.AsSpan(0, (steps - 1) * rows * size).Clear();
        for (var row = 0; row < rows; row++)
        {
            var logits = y.AsSpan((((steps - 1) * rows) + row) * size, size);
            OutputGradient(logits, tokens[at[row] + steps]);
        }

        inspector.Backward(y);
        return InspectorReading.Flows(inspector);
    }
}
