using System.Globalization;
using FastRnn.Interchange.Audio;
using FastRnn.Interchange.Files;

namespace FastRnn.Interchange.Tests.Audio;

/// <summary>Models that belong to others and are not copied: they are read from the folder that FASTRNN_AUDIO_MODELS names, if it
/// does.</summary>
public class SharedAudioModels
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("FASTRNN_AUDIO_MODELS");

    [Fact]
    public void Neural_Amp_Modelers_lstm_gives_its_own_numbers()
    {
        if (Find("lstm.nam") is not { } path)
            return;
        double[] expected = [-0.0009337983, 0.0050580140, 0.0120674724, 0.0192087126, 0.0263280091];
        Compare(expected, AudioJson.Run(AudioFile.Open(path), 0, 0.1, 0.2, 0.3, 0.4), 1e-8);
    }

    [Theory]
    [InlineData("lstm_torch.json", "lstm_torch")]
    [InlineData("gru_torch.json", "gru_torch")]
    [InlineData("gru.json", "gru")]
    [InlineData("gru_1d.json", "gru_1d")]
    [InlineData("lstm.json", "lstm")]
    [InlineData("lstm_1d.json", "lstm_1d")]
    public void RTNeurals_models_give_Pythons_outputs(string name, string table)
    {
        if (Find(name) is not { } path)
            return;
        var model = AudioFile.Open(path);
        var expected = Column($"{table}_y_python.csv");
        Compare(expected, AudioJson.Run(model, [.. Column($"{table}_x_python.csv").Take(expected.Length)]), 2e-6);
        var findings = new Findings();
        Assert.NotNull(model.Understand(findings));
    }

    [Fact]
    public void AIDA_Xs_models_pass_their_own_tests()
    {
        if (Folder is null)
            return;
        foreach (var path in Directory.GetFiles(Folder, "tw40_*.json"))
        {
            var model = AudioFile.Open(path);
            var vector = Assert.Single(model.TestVectors);
            Compare(vector.Outputs["y"].Values, model.Run(vector.Inputs)["y"].Values, 1e-5);
            Assert.NotNull(model.Understand(new Findings()));
        }
    }

    private static string? Find(string name) =>
        Folder is not null && File.Exists(Path.Combine(Folder, name)) ? Path.Combine(Folder, name) : null;

    private static double[] Column(string name) =>
    [
        .. File.ReadLines(Path.Combine(Folder!, name)).Where(line => line.Length > 0)
            .Select(line => double.Parse(line, CultureInfo.InvariantCulture)),
    ];

    private static void Compare(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"sample {i}: expected {expected[i]}, got {actual[i]}");
    }
}
