using FastRnn.Files;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Files;

public sealed class CheckpointTests : IDisposable
{
    private static readonly ModelInfo Info = HandMadeModels.Lstm(3, 5, 2);
    private readonly TemporaryFolder folder = new();
    private readonly string path;

    public CheckpointTests()
    {
        path = folder.File("checkpoint.safetensors");
        Checkpoint.Save(
            path,
            Info,
            [new("moments", new float[] { 1, float.NaN }), new("loss", new double[] { double.PositiveInfinity }),
                new("step", new long[] { -3 }), new("random", new ulong[] { ulong.MaxValue, 5 })],
            new Dictionary<string, string> { ["optimizer"] = "Adam" });
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_saved_is_read()
    {
        using var checkpoint = Checkpoint.Open(path, Info);
        var moments = new float[2];
        var loss = new double[1];
        var step = new long[1];
        var random = new ulong[2];
        checkpoint.Read("moments", moments);
        checkpoint.Read("loss", loss);
        checkpoint.Read("step", step);
        checkpoint.Read("random", random);

        Assert.Equal([1, float.NaN], moments);
        Assert.Equal([double.PositiveInfinity], loss);
        Assert.Equal([-3], step);
        Assert.Equal([ulong.MaxValue, 5], random);
        Assert.Equal("Adam", checkpoint.Text("optimizer"));
        Assert.True(checkpoint.Contains("step"));
        Assert.False(checkpoint.Contains("steps"));
    }

    [Fact]
    public void Another_name_length_or_type_is_refused()
    {
        using var checkpoint = Checkpoint.Open(path, Info);

        string What(Action read) => Assert.Throws<ModelFileException>(read).What;
        Assert.Equal("tensor 'moment' is missing", What(() => checkpoint.Read("moment", new float[2])));
        Assert.Equal("tensor 'moments': expected 3 numbers F32, got 2 of F32", What(() => checkpoint.Read("moments", new float[3])));
        Assert.Equal("tensor 'moments': expected 1 numbers F32, got 2 of F32", What(() => checkpoint.Read("moments", new float[1])));
        Assert.Equal("tensor 'step': expected 1 numbers U64, got 1 of I64", What(() => checkpoint.Read("step", new ulong[1])));
        Assert.Equal("metadata 'seed' is missing", What(() => checkpoint.Text("seed")));
    }

    [Fact]
    public void A_checkpoint_of_another_model_or_of_none_is_refused()
    {
        Assert.Throws<ModelFileException>(() => Checkpoint.Open(path, HandMadeModels.Lstm(3, 5, 1)));
        AtomicFile.Write(path, stream => SafeTensorsWriter.Write(stream, []));
        var error = Assert.Throws<ModelFileException>(() => Checkpoint.Open(path, Info));
        Assert.EndsWith("got none", error.Message, StringComparison.Ordinal);

        // A refused file is let go.
        File.Delete(path);
    }

    [Fact]
    public void A_file_of_another_kind_is_told_by_what_it_is()
    {
        var model = new LossOnTheCell(seed: 1);
        using (var trainer = model.CreateTrainer(new()))
            trainer.Save(path);
        Says("it is a trainer's checkpoint and no file of weights", () => LossOnTheCell.Load(path));
        using (var session = model.CreateSession())
            session.GetState().Save(path, model);
        Says("it is a state of streams and no file of weights", () => LossOnTheCell.Load(path));
        model.Save(path);
        Says("it is no trainer's checkpoint", () =>
        {
            using var trainer = model.CreateTrainer(new());
            trainer.Restore(path);
        });
        File.WriteAllText(path, "These are the notes of a run, and no weights.");
        Says("it is no safetensors file but a text", () => LossOnTheCell.Load(path));
        File.WriteAllText(path, "short");
        Says("it is no safetensors file: expected at least 8 bytes, got 5", () => LossOnTheCell.Load(path));

        static void Says(string what, Action action) =>
            Assert.Contains(what, Assert.Throws<ModelFileException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_that_shrinks_while_it_is_open_is_refused()
    {
        using var checkpoint = Checkpoint.Open(path, Info);
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            stream.SetLength(stream.Length - 1);

        Assert.Throws<ModelFileException>(() => checkpoint.Read("random", new ulong[2]));
    }
}
