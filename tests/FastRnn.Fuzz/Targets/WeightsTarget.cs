using System.Runtime.InteropServices;

using FastRnn.Files;

namespace FastRnn.Fuzz.Targets;

/// <summary><see cref="ModelFile"/>: weights.</summary>
internal sealed class WeightsTarget : RuntimeTarget
{
    private readonly float[] parameters = new float[FuzzedText.Info.ParameterCount];
    private IReadOnlyDictionary<string, string> texts = new Dictionary<string, string>();

    public override string Name => "weights";

    public override string Reader => "ModelFile.Load";

    public override string Numbers() => FuzzDigest.Of(MemoryMarshal.AsBytes<float>(parameters), texts);

    protected override void Read(string path) => texts = ModelFile.Load(FuzzedText.Info, parameters, path);

    protected override IReadOnlyList<FuzzSeed> MakeSeeds()
    {
        using var model = new FuzzedText(seed: 1);
        var numbers = model.Parameters.ToArray();
        return
        [
            .. Enum.GetValues<WeightFormat>().SelectMany(format =>
                Both(path => ModelFile.Save(FuzzedText.Info, numbers, path, new Dictionary<string, string> { ["text"] = "é" }, format))),
            new(FileName, AsDouble(Both(path => ModelFile.Save(FuzzedText.Info, numbers, path)).First().Bytes)),
        ];
    }

    /// <summary>The same numbers as another program might write them, in double precision and without a fingerprint.</summary>
    private static byte[] AsDouble(byte[] file)
    {
        using var reader = SafeTensorsReader.Open(new MemoryStream(file), "fuzzed");
        using var stream = new MemoryStream();
        SafeTensorsWriter.Write(stream, [.. reader.Tensors.Select(tensor =>
        {
            var values = new float[tensor.Count];
            reader.Read(tensor, 0, values.AsSpan());
            return new TensorData(tensor.Name, values.Select(value => (double)value).ToArray(), [.. tensor.Shape]);
        })]);
        return stream.ToArray();
    }
}
