using System.Globalization;
using System.Text.Json;
using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Audio;

/// <summary>A model of the architecture LSTM of Neural Amp Modeler, file versions 0.5 to 0.7. Weights are one list: for each layer
/// W [4 H, I + H] by rows (gates i f g o; columns first of x, then of h), a bias [4 H], and the states h [H] and c [H] with which a stream
/// begins; then the head [O, H] and its bias [O].</summary>
internal sealed class NamFile : IForeignModel
{
    private const int MostSize = 1 << 16;
    private const int MostLayers = 1000;
    private static readonly string[] KnownConfig = ["input_size", "hidden_size", "num_layers", "in_channels", "out_channels"];

    private readonly List<string> problems = [];
    private readonly List<string> assumptions;
    private readonly NamLayout? layout;
    private readonly double? rate;

    private NamFile(NamModel model)
    {
        assumptions = [.. model.Assumptions];
        var root = model.Root;
        Origin = "Neural Amp Modeler, LSTM";
        Version(root);
        if (JsonRead.Property(root, "config") is not { } config || JsonRead.Property(root, "weights") is not { } weights)
            throw new ForeignFileException("expected 'config' and 'weights' beside 'architecture'");
        if (config.ValueKind != JsonValueKind.Object)
            throw new ForeignFileException($"config: expected an object, got {config.ValueKind}");

        rate = SampleRate.Find(root);
        assumptions.Add(rate is null ? "no sample rate is told" : SampleRate.Say(rate.Value));
        assumptions.Add("sequences begin with the states of the file; its player runs half a second of zeros through the model before");
        if (rate is not null)
            Origin += string.Create(CultureInfo.InvariantCulture, $", {rate} Hz");
        foreach (var property in config.EnumerateObject())
        {
            if (!KnownConfig.Contains(JsonRead.Name(property)))
                problems.Add($"config.{JsonRead.Name(property)} is not known for LSTM; expected {string.Join(", ", KnownConfig)}");
        }

        var tensor = JsonRead.Tensor(weights, "weights");
        Tensors = [tensor];
        var sizes = (
            Inputs: Size(config, "input_size", null, MostSize), Hidden: Size(config, "hidden_size", null, MostSize),
            Layers: Size(config, "num_layers", null, MostLayers), Outputs: Size(config, "out_channels", 1, MostSize));
        if (Size(config, "in_channels", sizes.Inputs == 1 ? 1 : null, MostSize) is var channels && channels != sizes.Inputs)
            problems.Add($"config.in_channels is {channels}, but input_size {sizes.Inputs}");
        layout = new NamLayout(tensor, sizes.Inputs, sizes.Hidden, sizes.Layers, sizes.Outputs);
        if (tensor.Shape.Count != 1 || layout.Length != tensor.Count)
        {
            problems.Add(
                $"weights {tensor.ShapeText()}: expected {layout.Length} numbers for input_size {sizes.Inputs}, "
                    + $"hidden_size {sizes.Hidden}, num_layers {sizes.Layers} and {sizes.Outputs} output(s)");
        }
    }

    /// <inheritdoc/>
    public string Origin { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<TestVector> TestVectors => [];

    /// <inheritdoc/>
    public IReadOnlyList<FileTensor> Tensors { get; }

    /// <summary>Reads a model, or the one that is meant of a container.</summary>
    public static NamFile Read(JsonElement root, AudioOptions options) => new(NamModel.Find(root, options));

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs)
    {
        if (problems.Count > 0)
            throw new ForeignFileException($"it cannot be run: {string.Join("; ", problems)}");
        return AudioSequence.Output(NamRun.Run(layout!, AudioSequence.Input(inputs, layout!.Inputs)));
    }

    /// <inheritdoc/>
    public Network? Understand(Findings findings)
    {
        findings.Add(problems, assumptions);
        if (findings.Problems.Count > 0)
            return null;
        findings.Use(Tensors[0], "weights, first states and head");
        return new Network(layout!.ToLayers(), layout.Inputs, AudioSequence.Signature with { SampleRate = rate });
    }

    private static int Size(JsonElement config, string name, int? usual, int most)
    {
        if (JsonRead.Property(config, name) is { } value)
            return JsonRead.Whole(value, $"config.{name}", 1, most);
        return usual ?? throw new ForeignFileException($"config.{name} is missing");
    }

    private void Version(JsonElement root)
    {
        var version = JsonRead.Property(root, "version") is { } value ? JsonRead.Text(value, "version") : "";
        if (version.Split('.') is ["0", "5" or "6" or "7", _])
            Origin += $", version {version}";
        else
            problems.Add($"version '{version}': expected 0.5 to 0.7");
    }
}
