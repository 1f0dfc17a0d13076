using System.Globalization;

using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis;

namespace FastRnn.Generators.Weights;

/// <summary>Holds a file against a model, by the rules of the runtime's <c>ModelFile.Load</c>.</summary>
internal sealed class WeightsAnalyzer
{
    /// <summary>Bytes of numbers: a compiler takes about eleven seconds and three gigabytes for so many.</summary>
    private const long MaxBytes = 32 << 20;

    private const int LongestText = 1000;

    private readonly LinkedWeights linked;
    private readonly List<Problem> problems = [];

    private WeightsAnalyzer(LinkedWeights linked) => this.linked = linked;

    public static WeightsOutcome Analyze(LinkedWeights linked, CancellationToken cancellation)
    {
        var analyzer = new WeightsAnalyzer(linked);
        var file = analyzer.Analyze(cancellation);
        return new WeightsOutcome(linked.Key, linked.Plan, analyzer.problems.Count == 0 ? file : null, new(analyzer.problems));
    }

    private CheckedWeights? Analyze(CancellationToken cancellation)
    {
        if (File() is not { } file)
        {
            return null;
        }

        var wanted = ModelTensor.Of(linked.Graph);
        var count = wanted.Sum(t => t.Parts.Where(p => !p.Folded).Sum(p => (long)p.Count));
        if (file.Length > WeightFile.MaxBytes || 4 * count > MaxBytes)
        {
            Add(Descriptors.WeightsTooLarge, file.Length > WeightFile.MaxBytes
                ? $"{Path} has {Text(file.Length)} bytes, more than {Text(WeightFile.MaxBytes)}"
                : $"the model has {Text(4 * count)} bytes of weights, more than {Text(MaxBytes)}");
            return null;
        }

        SafeTensors tensors;
        try
        {
            tensors = SafeTensors.Parse(file.Bytes);
        }
        catch (BrokenFileException e)
        {
            Add(Descriptors.BrokenWeights, Path, e.Message);
            return null;
        }

        cancellation.ThrowIfCancellationRequested();
        CheckTensors(tensors, wanted);
        if (problems.Count == 0 && tensors.Metadata.TryGetValue(Fingerprint.MetadataKey, out var got)
            && got != Fingerprint.Of(linked.Graph))
        {
            Add(Descriptors.OtherModel, Path, Fingerprint.MetadataKey, Fingerprint.Of(linked.Graph), got);
        }

        return problems.Count > 0 ? null : new CheckedWeights(file, tensors, Numbers(file, tensors, wanted, (int)count));
    }

    private string Path => linked.Spec.Path;

    private WeightFile? File()
    {
        var files = linked.Files;
        if (files.Count != 1)
        {
            Add(Descriptors.NoWeights, files.Count == 0
                ? $"'{Path}' is no additional file of the project: its csproj wants <AdditionalFiles "
                    + $"Include=\"{(Path.Length == 0 ? "a file" : Path)}\" />"
                : $"'{Path}' may be any of {string.Join(", ", files.Select(f => $"'{f.Path}'"))}: say more of its path");
            return null;
        }

        if (files[0].Problem.Length > 0)
        {
            Add(Descriptors.BrokenWeights, Path, "it cannot be read: " + files[0].Problem);
            return null;
        }

        return files[0];
    }

    private void CheckTensors(SafeTensors file, IReadOnlyList<ModelTensor> wanted)
    {
        var known = new HashSet<string>(wanted.Select(t => t.Name));
        var scales = new HashSet<string>(
            wanted.Select(t => Int8Tensors.FindScale(file, known, t.Name)?.Name).Where(name => name is not null).Select(name => name!));
        var unknown = file.Tensors.Where(t => !known.Contains(t.Name) && !scales.Contains(t.Name)).ToList();
        if (unknown.Count > 0)
        {
            var more = unknown.Count > 1 ? $" and {Text(unknown.Count - 1)} more" : "";
            Add(Descriptors.WeightsTensor, Path,
                $"tensor '{unknown[0].Name}'{more} is unknown to the model, which has {string.Join(", ", wanted.Select(t => t.Name))}");
        }

        foreach (var tensor in wanted)
        {
            var entry = file.Find(tensor.Name);
            if (entry is null && !tensor.Parts.All(p => p.Folded))
            {
                Add(Descriptors.WeightsTensor, Path, $"tensor '{tensor.Name}' {TensorEntry.Format(tensor.Shape)} is missing");
            }
            else if (entry is not null && !entry.Shape.SequenceEqual(tensor.Shape))
            {
                Add(Descriptors.WeightsShape, Path, tensor.Name, TensorEntry.Format(tensor.Shape), TensorEntry.Format(entry.Shape));
            }
            else if (entry is not null && !Int8Tensors.IsMatrix(entry) && !TensorNumbers.CanRead(entry.Type))
            {
                Add(Descriptors.WeightsType, Path, tensor.Name, entry.Type);
            }
            else if (entry is not null && Int8Tensors.Problem(file, known, entry) is { } problem)
            {
                Add(Descriptors.WeightsTensor, Path, problem);
            }
        }
    }

    /// <summary>What is added comes last, whatever the order of the tensors.</summary>
    private float[] Numbers(WeightFile file, SafeTensors tensors, IReadOnlyList<ModelTensor> wanted, int count)
    {
        var numbers = new float[count];
        foreach (var folded in new[] { false, true })
        {
            foreach (var tensor in wanted)
            {
                if (tensors.Find(tensor.Name) is not { } entry)
                {
                    continue;
                }

                if (Int8Tensors.IsMatrix(entry) && Int8Tensors.WrongScale(file.Bytes, tensors, entry) is { } wrong)
                {
                    Add(Descriptors.WeightsTensor, Path, wrong);
                    return numbers;
                }

                var values = Int8Tensors.IsMatrix(entry)
                    ? Int8Tensors.Read(file.Bytes, tensors, entry)
                    : TensorNumbers.Read(file.Bytes, tensors.DataBegin + (int)entry.Begin, entry.Type, tensor.Parts.Sum(p => p.Count));
                var first = 0;
                foreach (var part in tensor.Parts)
                {
                    for (var i = 0; i < part.Count && part.Folded == folded; i++)
                    {
                        var number = folded ? numbers[part.Offset + i] + values[first + i] : values[first + i];
                        if (!TensorNumbers.IsFinite(number))
                        {
                            Add(Descriptors.WeightsNotFinite, Path, tensor.Name, Text(first + i),
                                number.ToString(CultureInfo.InvariantCulture));
                            return numbers;
                        }

                        numbers[part.Offset + i] = number;
                    }

                    first += part.Count;
                }
            }
        }

        return numbers;
    }

    private void Add(DiagnosticDescriptor descriptor, params string[] arguments) =>
        problems.Add(Problem.Of(descriptor, linked.Spec.Place, [.. arguments.Select(Printable)]));

    // Names come from an untrusted file: they shall neither fill a screen nor steer the terminal in which a compiler writes.
    private static string Printable(string argument)
    {
        var shown = argument.Length <= LongestText ? argument : argument.Substring(0, LongestText) + "...";
        return new([.. shown.Select(c => char.IsControl(c) ? '?' : c)]);
    }

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
