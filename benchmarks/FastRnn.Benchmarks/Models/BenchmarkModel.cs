using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Models;

/// <inheritdoc cref="IBenchmarkModel"/>
/// <remarks>Nothing of the class is looked at before it is asked for: a first step must not pay for the models beside it.</remarks>
/// <param name="create">Makes it with first weights of its own.</param>
internal sealed class BenchmarkModel<TModel>(Func<TModel> create) : IBenchmarkModel
    where TModel : class, IModel<TModel>
{
    public Type Type => typeof(TModel);

    public string Cell => TModel.Info.Layers[0].Cell.Split('.')[^1];

    public int InputSize => TModel.Info.InputSize;

    public int HiddenSize => TModel.Info.Layers[0].HiddenSize;

    public int Layers => TModel.Info.Layers.Count(layer => layer.IsRecurrent);

    public int Vocabulary => TModel.Info.Vocabulary;

    public int Parameters => TModel.Info.ParameterCount;

    public IPeerRun Create(Workload workload, PeerInput input)
    {
        using var model = create();
        using (var edit = model.Store.Edit())
        {
            for (var layer = 0; layer < Layers; layer++)
            {
                LayerTensors.Set<TModel>(edit.Parameters, layer, input.Weights[layer]);
            }
        }

        return workload.Kind switch
        {
            WorkKind.Inference => new SessionRun<TModel>(model, workload, input.X),
            WorkKind.Training => new BpttRun<TModel>(model, workload, input.X, input.DY!),
            WorkKind.WholeTrainingStep => new TrainerRun<TModel>(model, workload, input.X),
            _ => throw new ArgumentException($"{workload.Kind} is no work of one model.", nameof(workload)),
        };
    }
}
