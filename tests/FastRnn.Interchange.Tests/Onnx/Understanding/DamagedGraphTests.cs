using FastRnn.Interchange.Files;
using FastRnn.Interchange.Onnx.Understanding;

namespace FastRnn.Interchange.Tests.Onnx.Understanding;

/// <summary>Whatever is in a file, understanding it ends in a network, in problems, or in a <see cref="ForeignFileException"/>.</summary>
public sealed class DamagedGraphTests
{
    public static TheoryData<string> Models =>
        [.. OnnxData.Models.Where(m => m.Contains("torchscript", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_damaged_file_is_refused_or_understood(string name)
    {
        var file = File.ReadAllBytes(Path.Combine(OnnxData.Folder, name));
        var random = 2463534242u;
        uint Next(int below)
        {
            random ^= random << 13;
            random ^= random >> 17;
            random ^= random << 5;
            return random % (uint)below;
        }

        for (var round = 0; round < 300; round++)
        {
            var damaged = (byte[])file.Clone();
            for (var i = 0; i <= round % 4; i++)
                damaged[Next(damaged.Length)] = (byte)(round % 3 == 0 ? Next(256) : Next(16));
            try
            {
                var findings = new Findings();
                var network = GraphUnderstanding.Read(OnnxData.Read(damaged), findings);
                Assert.Equal(network is null, findings.Problems.Count > 0);
            }
            catch (ForeignFileException)
            {
                // That is the only way in which a file may fail.
            }
        }
    }

    [Fact]
    public void A_long_chain_of_functions_is_refused()
    {
        var builder = new GraphBuilder().Input("x", "t", "b", 2);
        for (var i = 0; i < 5000; i++)
            builder.Node("Tanh", i == 0 ? "x -> v0" : $"v{i - 1} -> v{i}");
        Assert.Contains("layers", Understood.Problems(builder.Output("v4999").Build())[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Large_fixed_sizes_are_refused()
    {
        var builder = new GraphBuilder().Input("x", 1 << 30, "b", 2).Recurrent(4, 2, 3)
            .Node("LSTM", "x W R B -> y", ("hidden_size", 3)).Output("y");
        Assert.Contains("'x'", Understood.Problems(builder.Build()).Single(), StringComparison.Ordinal);
    }
}
