using FastRnn.Data;
using FastRnn.Files;
using FastRnn.Inference;
using FastRnn.Tests.Files;
using FastRnn.Tests.Models;
using FastRnn.Tests.PyTorch;

namespace FastRnn.Tests.Keras;

/// <summary>Masked batches against outputs of Keras and tfjs-layers: see <c>ORIGIN.md</c>.</summary>
public sealed class MaskGoldenTests
{
    private const double Bound = 1e-6;

    [Fact]
    public void The_last_output_behind_mask_zero_is_that_of_Keras()
    {
        var golden = GoldenTensors.Load("Keras", "keras_mask");
        var masked = MaskedBatch.OfTokens(Array.ConvertAll(golden.Exact("input.0"), token => (int)token), steps: 7, maskToken: 0);
        Assert.Equal([5, 7, 3], masked.Lengths);
        using var predictor = new Predictor<KerasMask>(Load<KerasMask>("keras_mask"), new() { BatchSize = 3, SequenceLength = 7 });
        var (outputs, y) = (new float[3 * 2], new float[3 * 2]);
        predictor.Run(masked.Batch, outputs);
        masked.ExpandRows(outputs, y);
        Closeness.AssertClose("outputs", golden.Exact("output.0"), y, Bound);
    }

    [Fact]
    public void Held_outputs_and_states_are_those_of_tfjs()
    {
        const int Batch = 5;
        const int Steps = 6;
        const int Hidden = 5;
        var golden = GoldenTensors.Load("Keras", "tfjs_mask");
        var masked = MaskedBatch.OfVectors(golden.Single("input.x"), size: 3, Steps, maskValue: -9);
        Assert.Equal([0, 1, 2, 4], masked.Sequences);
        Assert.Equal([4, 3, 6, 2], masked.Lengths);
        var options = new RunOptions { BatchSize = Batch, SequenceLength = Steps, KeepStates = true };
        using var predictor = new Predictor<Lstm_I3_H5>(Load<Lstm_I3_H5>("tfjs_mask"), options);
        var (outputs, y) = (new float[masked.StepCount * Hidden], new float[Batch * Steps * Hidden]);
        predictor.Run(masked.Batch, outputs);
        masked.Expand(outputs, y, MaskedOutput.Hold);
        Closeness.AssertClose("outputs", golden.Exact("output.y"), y, Bound);
        foreach (var state in (string[])["h", "c"])
        {
            var (last, all) = (new float[masked.Sequences.Length * Hidden], new float[Batch * Hidden]);
            predictor.GetState(0, state, last);
            masked.ExpandRows(last, all);
            Closeness.AssertClose(state, golden.Exact("output." + state), all, Bound);
        }
    }

    private static TModel Load<TModel>(string name)
        where TModel : class, IModel<TModel>
    {
        var model = TestModel<TModel>.Create(SimdWidth.Auto);
        using var edit = model.Store.Edit();
        var path = Path.Combine(AppContext.BaseDirectory, "Keras", "golden", name + ".safetensors");
        var extra = ModelFile.Load(TModel.Info, edit.Parameters, path, new() { AllowExtra = true }).ExtraTensors;
        Assert.All(extra, tensor => Assert.Matches("^(input|output)[.]", tensor));
        return model;
    }
}
