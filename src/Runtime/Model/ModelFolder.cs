using System.Runtime.ExceptionServices;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Runtime.Model;

/// <summary>
/// A folder with a manifest and the files it names, or a file they are packed in. Every file is compared with its hash
/// when it is opened.
/// </summary>
internal sealed class ModelFolder
{
    private readonly string _path;
    private readonly PackedFiles? _pack;
    private ModelManifest? _manifest;

    /// <summary>Refers to a folder. Files are read only when needed: archives without text need no model.</summary>
    public ModelFolder(string path)
    {
        _path = path;
        _pack = System.IO.File.Exists(path) ? PackedFiles.TryOpen(path) : null;
    }

    /// <summary>The manifest, read on first use.</summary>
    /// <exception cref="EnvironmentException">It is missing, invalid, or for another arithmetic.</exception>
    public ModelManifest Manifest => _manifest ??= ReadManifest();

    /// <summary>Where a file of the manifest lies.</summary>
    /// <exception cref="EnvironmentException">It is not there.</exception>
    public FileSlice File(string name)
    {
        if (!Manifest.Hashes.ContainsKey(name) || Path.GetFileName(name) != name)
        {
            throw new EnvironmentException($"{_path}: {ModelManifest.FileName} does not list {name}.");
        }

        try
        {
            return Find(name);
        }
        catch (IOException exception)
        {
            throw new EnvironmentException($"{Path.Combine(_path, name)}: {exception.Message}", exception);
        }
    }

    public Tokenizer Tokenizer()
    {
        Verify(Manifest.Tokenizer);
        return Tokenize.Tokenizer.Load(Read(Manifest.Tokenizer));
    }

    /// <summary>
    /// Checks the files of a graph against their hashes, and its weights against the range in which products are exact:
    /// about 0.1 s for 140 MB.
    /// </summary>
    public void VerifyModel(string graph)
    {
        Verify(graph);
        var matrices = GraphWeights.Read(Read(graph)).ToLookup(matrix => matrix.File, StringComparer.Ordinal);
        foreach (var file in matrices)
        {
            if (!Manifest.Weights.Contains(file.Key))
            {
                throw new EnvironmentException($"{_path}: {graph} has weights in {file.Key}, which {ModelManifest.FileName} does not list.");
            }
        }

        try
        {
            Parallel.ForEach([Manifest.SelfTest, .. Manifest.Weights], name => Verify(name, [.. matrices[name]]));
        }
        catch (AggregateException exception)
        {
            // One is enough, and callers do not expect an AggregateException.
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }

    private void Verify(string name, params IReadOnlyList<WeightMatrix> matrices)
    {
        Sha256Digest hash;
        WeightMatrix? offender;
        try
        {
            hash = WeightFileCheck.Hash(File(name), matrices, out offender);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"{Path.Combine(_path, name)}: {exception.Message}", exception);
        }

        if (hash != Manifest.Hashes[name])
        {
            var path = Path.Combine(_path, name);
            throw new EnvironmentException(ModelFileFault.Describe(path, File(name), Manifest.Hashes[name], hash));
        }

        if (offender is not null)
        {
            throw new EnvironmentException(
                $"{Path.Combine(_path, name)}: a weight of {offender.Name} is outside -{offender.Limit}..{offender.Limit}, where "
                + "products would not be exact on every processor.");
        }
    }

    private FileSlice Find(string name)
    {
        if (_pack is null)
        {
            return FileSlice.Whole(Path.Combine(_path, name));
        }

        return _pack.TryGet(name, out var file)
            ? file
            : throw new FileNotFoundException($"{name} is not packed in it.", name);
    }

    private ModelManifest ReadManifest()
    {
        var json = Read(ModelManifest.FileName);
        if (ModelFileFault.IsPointer(json))
        {
            throw new EnvironmentException(ModelFileFault.DescribePointer(Path.Combine(_path, ModelManifest.FileName)));
        }

        var manifest = ModelManifest.Parse(json);
        return manifest.Arithmetic == Kernels.ExactArithmetic.Id
            ? manifest
            : throw new EnvironmentException(
                $"{_path}: the arithmetic of the model is {manifest.Arithmetic}; this version has "
                + $"{Kernels.ExactArithmetic.Id}.");
    }

    private byte[] Read(string name)
    {
        try
        {
            return Find(name).ReadAll();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"{_path}: cannot read the model: {exception.Message}", exception);
        }
    }
}
