using System.Globalization;
using System.Text.Json;
using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.PyTorch;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Audio;

/// <summary>A state dict of PyTorch as JSON: RTNeural's (names at the outermost level), and that of Proteus, NeuralPi and kin
/// (<c>state_dict</c> beside <c>model_data</c>), whose players add the first input to the output whatever the file says.</summary>
internal sealed class TorchJsonFile : IForeignModel
{
    private const double UsualSampleRate = 44100;

    private readonly StateDictFile inner;
    private readonly bool addsInput;
    private readonly List<string> problems = [];
    private readonly List<string> assumptions = [];
    private double? rate;

    private TorchJsonFile(StateDictFile inner, bool addsInput) => (this.inner, this.addsInput) = (inner, addsInput);

    /// <inheritdoc/>
    public string Origin => inner.Origin;

    /// <inheritdoc/>
    public IReadOnlyList<TestVector> TestVectors => [];

    /// <inheritdoc/>
    public IReadOnlyList<FileTensor> Tensors => inner.Tensors;

    /// <summary>Reads the tensors.</summary>
    /// <param name="root">The outermost object, if the tensors are inside of its <c>state_dict</c>; else null.</param>
    /// <param name="tensors">The object with the tensors.</param>
    public static TorchJsonFile Read(JsonElement? root, JsonElement tensors)
    {
        var found = new List<FileTensor>();
        var ignored = new List<string>();
        foreach (var property in tensors.EnumerateObject())
        {
            var name = JsonRead.Name(property);
            if (property.Value.ValueKind == JsonValueKind.Array)
                found.Add(JsonRead.Tensor(property.Value, name));
            else
                ignored.Add($"'{name}' is no array of numbers");
        }

        var origin = root is null ? "PyTorch state dict as JSON (RTNeural)" : "PyTorch state dict as JSON (Proteus and kin)";
        var dictionary = new StateDict(origin, found, KeepsOrder: true) { Ignored = ignored };
        var model = new StateDictFile(dictionary, new StateDictOptions { BatchFirst = true, Tokens = false });
        var file = new TorchJsonFile(model, addsInput: root is not null);
        if (root is not null)
            file.CheckModelData(root.Value);
        return file;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs)
    {
        if (problems.Count > 0)
            throw new ForeignFileException($"it cannot be run: {string.Join("; ", problems)}");
        var output = inner.Run(inputs)[StateDictFile.OutputName];
        if (addsInput)
        {
            var input = inputs[AudioSequence.InputName];
            var (from, to) = (input.Shape[^1], output.Shape[^1]);
            for (var i = 0; i < output.Count; i++)
                output.Values[i] += input.Values[(i / to * from) + (i % to)];
        }

        return AudioSequence.Output(output);
    }

    /// <inheritdoc/>
    public Network? Understand(Findings findings)
    {
        findings.Add(problems, assumptions);
        var network = inner.Understand(findings);
        if (network is null || findings.Problems.Count > 0)
            return null;
        network = network with { Signature = network.Signature with { SampleRate = rate } };
        return addsInput ? network with { Layers = [.. network.Layers, new SkipLayer("input, added by the player")] } : network;
    }

    // What the trainer (Automated-GuitarAmpModelling) says of the model must be what the tensors are.
    private void CheckModelData(JsonElement root)
    {
        var recurrent = inner.Modules.OfType<TorchRecurrent>().ToList();
        if (recurrent.Count == 0)
            return;
        var (first, last) = (recurrent[0], inner.Modules[^1]);
        if (last.OutputSize > first.InputSize)
            problems.Add($"the input is added, but has {first.InputSize} numbers where the output has {last.OutputSize}");

        const string Place = "model_data";
        if (JsonRead.Property(root, Place) is not { } data)
        {
            assumptions.Add("there is no model_data: the first input is added to the output, as players of such files do");
        }
        else
        {
            Compare(data, "input_size", first.InputSize);
            Compare(data, "hidden_size", first.HiddenSize);
            Compare(data, "num_layers", recurrent.Count);
            Compare(data, "output_size", last.OutputSize);
            if (JsonRead.Property(data, "unit_type") is { } unit
                && !JsonRead.Text(unit, $"{Place}.unit_type").Equals(first.Kind.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                problems.Add($"{Place}.unit_type is '{JsonRead.Text(unit, Place)}', but the tensors are those of {first.Describe()}");
            }

            var skip = JsonRead.Property(data, "skip") is { } value ? JsonRead.Whole(value, $"{Place}.skip", 0, int.MaxValue) : 1;
            assumptions.Add(skip == 1
                ? "the first input is added to the output, as players of such files do (model_data.skip 1)"
                : $"the first input is added to the output, as players of such files do, although model_data.skip is {skip}");
        }

        rate = SampleRate.Find(root) ?? (JsonRead.Property(root, Place) is { } inside ? SampleRate.Find(inside) : null);
        assumptions.Add(rate is null
            ? $"no sample rate is told; players of such files take {UsualSampleRate} Hz"
            : SampleRate.Say(rate.Value));
    }

    private void Compare(JsonElement data, string name, int actual)
    {
        if (JsonRead.Property(data, name) is { } value && JsonRead.Number(value, $"model_data.{name}") is var told && told != actual)
        {
            problems.Add(string.Create(
                CultureInfo.InvariantCulture, $"model_data.{name}: expected {actual} by the tensors, got {told}"));
        }
    }
}
