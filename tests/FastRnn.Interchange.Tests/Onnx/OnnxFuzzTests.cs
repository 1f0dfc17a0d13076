using FastRnn.Interchange.Onnx;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Tests.Onnx;

/// <summary>Damaged copies of the files: reading and running them either works or is refused, and costs little.</summary>
public sealed class OnnxFuzzTests : IDisposable
{
    private const int CopiesOfEach = 300;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fastrnn-onnx-");

    public static TheoryData<string> Models => [.. OnnxData.Models];

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Models))]
    public void A_damaged_file_is_refused_or_runs(string name)
    {
        var original = File.ReadAllBytes(Path.Combine(OnnxData.Folder, name));
        var data = Path.Combine(OnnxData.Folder, $"{name}.data");
        if (File.Exists(data))
            File.Copy(data, Path.Combine(folder.FullName, $"{name}.data"));
        var inputs = OnnxData.Vectors(name, "input.");
        var random = new Random(20261130);
        var path = Path.Combine(folder.FullName, name);
        var refused = 0;
        for (var copy = 0; copy < CopiesOfEach; copy++)
        {
            File.WriteAllBytes(path, Damage(original, random));
            var before = GC.GetAllocatedBytesForCurrentThread();
            if (!ReadsAndRuns(path, inputs))
                refused++;
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
        }

        // Most damage is met; some of it changes but a weight or a name.
        Assert.InRange(refused, CopiesOfEach / 10, CopiesOfEach);
    }

    private static bool ReadsAndRuns(string path, Dictionary<string, Tensor> inputs)
    {
        try
        {
            new OnnxEvaluator(OnnxModel.Read(path)).Run(inputs, new EvaluationBudget(1 << 20, 1 << 21));
            return true;
        }
        catch (ForeignFileException)
        {
            return false;
        }
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        switch (random.Next(5))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                var at = random.Next(bytes.Length);
                return [.. bytes[..at], .. bytes[(at + random.Next(Math.Min(40, bytes.Length - at)))..]];
            case 2:
                at = random.Next(bytes.Length);
                return [.. bytes[..at], .. original.AsSpan(random.Next(bytes.Length - 40), random.Next(40)), .. bytes[at..]];
            case 3:
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(2) == 0 ? 0xFF : 0x7F);
                return bytes;
            default:
                for (var i = random.Next(1, 4); i > 0; i--)
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
        }
    }
}
